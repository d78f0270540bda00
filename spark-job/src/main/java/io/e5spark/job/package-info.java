/** The commands of e5-spark. */
@NullMarked
package io.e5spark.job;

import org.jspecify.annotations.NullMarked;
