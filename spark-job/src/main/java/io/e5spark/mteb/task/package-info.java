/** MTEB's tasks on Spark: their folders, their texts' vectors, and what is scored how. */
@NullMarked
package io.e5spark.mteb.task;

import org.jspecify.annotations.NullMarked;
