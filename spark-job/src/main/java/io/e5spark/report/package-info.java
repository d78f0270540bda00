/**
 * What people see while a command works and when it is done: progress, stages, counters and JSON.
 */
@NullMarked
package io.e5spark.report;

import org.jspecify.annotations.NullMarked;
