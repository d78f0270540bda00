/**
 * Cuts long texts into chunks that a model reads whole: counted in its own tokens, at boundaries of
 * the text.
 */
@NullMarked
package io.e5spark.chunk;

import org.jspecify.annotations.NullMarked;
