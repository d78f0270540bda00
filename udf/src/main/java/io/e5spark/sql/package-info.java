/**
 * E5 vectors in Spark: rows of a dataset through the batched operator, models on any file system.
 */
@NullMarked
package io.e5spark.sql;

import org.jspecify.annotations.NullMarked;
