package io.e5spark.chunk;

/**
 * A part of a text.
 *
 * @param position the number of the chunk within its text, from 0
 * @param start the first code point of the part
 * @param end the code point after the part
 * @param tokens the number of tokens of {@code text} as the model reads it, including the prompt
 *     and the special tokens
 * @param text what is embedded: the title, if there is one, and the part
 */
public record Chunk(int position, int start, int end, int tokens, String text) {}
