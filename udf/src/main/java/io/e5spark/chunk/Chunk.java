package io.e5spark.chunk;

/**
 * A part of a text.
 *
 * @param position number of the chunk within its text, from 0
 * @param start first code point of the part
 * @param end code point behind the part
 * @param tokens of {@code text} as the model is given it, prompt and special tokens included
 * @param text what is embedded: the part, behind the title if there is one
 */
public record Chunk(int position, int start, int end, int tokens, String text) {}
