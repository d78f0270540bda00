/**
 * The nearest vectors by dot product, exact: matrix products of blocks, and the best rows of each.
 */
@NullMarked
package io.e5spark.nearest;

import org.jspecify.annotations.NullMarked;
