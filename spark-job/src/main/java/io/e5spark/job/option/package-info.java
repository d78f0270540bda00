/** The options of the commands, and where settings come from. */
@NullMarked
package io.e5spark.job.option;

import org.jspecify.annotations.NullMarked;
