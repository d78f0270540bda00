/**
 * Vectors as arrays and bytes: what each must be before it leaves the embedder, and how stored ones
 * are encoded.
 */
@NullMarked
package io.e5spark.vector;

import org.jspecify.annotations.NullMarked;
