/**
 * Inverted-file indexes over vector tables: what a table says about its own index, and the
 * centroids.
 */
@NullMarked
package io.e5spark.lists;

import org.jspecify.annotations.NullMarked;
