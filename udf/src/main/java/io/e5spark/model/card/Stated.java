package io.e5spark.model.card;

/**
 * A value and its source.
 *
 * @param source the file, or another origin of the value, as messages name it
 */
public record Stated<T>(T value, String source) {}
