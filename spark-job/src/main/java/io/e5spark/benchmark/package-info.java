/**
 * Programs that measure the job, the model, searches and storage. Each runs the two sides of its
 * comparison in turn.
 */
@NullMarked
package io.e5spark.benchmark;

import org.jspecify.annotations.NullMarked;
