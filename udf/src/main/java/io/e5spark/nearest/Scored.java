package io.e5spark.nearest;

/**
 * A row that was found.
 *
 * @param row what was kept of it
 * @param score dot product; never NaN
 */
public record Scored(byte[] row, float score) {}
