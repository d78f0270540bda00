/** The Spark session that a command runs in, its own or somebody else's. */
@NullMarked
package io.e5spark.job.session;

import org.jspecify.annotations.NullMarked;
