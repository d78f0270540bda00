/**
 * Inverted-file indexes over vector tables: made, kept up, and measured against the exact search.
 */
@NullMarked
package io.e5spark.index;

import org.jspecify.annotations.NullMarked;
