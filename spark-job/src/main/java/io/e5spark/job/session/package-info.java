/** The Spark session that a command runs in: its own, or an existing one. */
@NullMarked
package io.e5spark.job.session;

import org.jspecify.annotations.NullMarked;
