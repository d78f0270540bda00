/**
 * The nearest vectors by dot product, exact: matrix products of blocks, and what is kept of them.
 */
@NullMarked
package io.e5spark.nearest;

import org.jspecify.annotations.NullMarked;
