/**
 * Tables: reading texts from what Spark can read, and writing vectors to Delta tables that know
 * their model.
 */
@NullMarked
package io.e5spark.table;

import org.jspecify.annotations.NullMarked;
