/**
 * What the small files beside the weights of a model say, as Hugging Face's libraries write them.
 * This package does not know what the library makes of it.
 */
@NullMarked
package io.e5spark.model.card;

import org.jspecify.annotations.NullMarked;
