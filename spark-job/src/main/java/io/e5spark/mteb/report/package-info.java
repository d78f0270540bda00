/** What people look at of MTEB's tasks: pages, and comparisons with an earlier evaluation. */
@NullMarked
package io.e5spark.mteb.report;

import org.jspecify.annotations.NullMarked;
