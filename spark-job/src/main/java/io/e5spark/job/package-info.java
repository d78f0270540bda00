/** The commands that {@code spark-submit} runs. */
@NullMarked
package io.e5spark.job;

import org.jspecify.annotations.NullMarked;
