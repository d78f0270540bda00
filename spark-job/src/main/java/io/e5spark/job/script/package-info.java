/** SQL scripts, statement by statement. */
@NullMarked
package io.e5spark.job.script;

import org.jspecify.annotations.NullMarked;
