/**
 * Spark and Hadoop, with nothing of E5: table locations, files, column names, even partitions, and
 * counts in words.
 */
@NullMarked
package io.e5spark.platform;

import org.jspecify.annotations.NullMarked;
