/**
 * Vectors as arrays and bytes: the requirements on each before it leaves the embedder, and the
 * encoding of stored ones.
 */
@NullMarked
package io.e5spark.vector;

import org.jspecify.annotations.NullMarked;
