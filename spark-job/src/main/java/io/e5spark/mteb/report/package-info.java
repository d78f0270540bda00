/** The pages about MTEB's tasks, and comparisons with an earlier evaluation. */
@NullMarked
package io.e5spark.mteb.report;

import org.jspecify.annotations.NullMarked;
