package io.e5spark.model.card;

/**
 * A value and who says so.
 *
 * @param source the file, or what else it comes from, as a reader would name it
 */
public record Stated<T>(T value, String source) {}
