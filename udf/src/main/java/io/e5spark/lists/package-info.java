/** Inverted-file indexes over vector tables: what a table states of its own, and the centroids. */
@NullMarked
package io.e5spark.lists;

import org.jspecify.annotations.NullMarked;
