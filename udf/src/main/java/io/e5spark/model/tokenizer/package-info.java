/**
 * What a {@code tokenizer.json} says about how far the parts of a text influence each other's
 * tokens.
 */
@NullMarked
package io.e5spark.model.tokenizer;

import org.jspecify.annotations.NullMarked;
