package io.e5spark.nearest;

/**
 * Two rows that are near each other.
 *
 * @param first what was kept of the one that ranks first
 * @param second what was kept of the other
 * @param score dot product
 */
public record NearPair(byte[] first, byte[] second, float score) {}
