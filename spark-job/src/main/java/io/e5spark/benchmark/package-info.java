/**
 * Programs that measure: the job, the model, searches, storage. Each runs its two sides in turn.
 */
@NullMarked
package io.e5spark.benchmark;

import org.jspecify.annotations.NullMarked;
