/** Estimates what embedding a source would take. */
@NullMarked
package io.e5spark.estimate;

import org.jspecify.annotations.NullMarked;
