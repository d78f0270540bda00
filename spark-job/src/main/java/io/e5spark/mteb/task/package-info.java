/** MTEB's tasks on Spark: which vectors they need, and how each is scored. */
@NullMarked
package io.e5spark.mteb.task;

import org.jspecify.annotations.NullMarked;
