/**
 * What the small files beside a model's weights say, as Hugging Face's libraries write them.
 * Nothing here knows what the library makes of it.
 */
@NullMarked
package io.e5spark.model.card;

import org.jspecify.annotations.NullMarked;
