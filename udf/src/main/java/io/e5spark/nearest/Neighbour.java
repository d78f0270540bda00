package io.e5spark.nearest;

/**
 * A row that was found for a query.
 *
 * @param query what was kept of the query's row
 * @param row what was kept of the row
 * @param score dot product
 * @param rank from 1
 */
public record Neighbour(byte[] query, byte[] row, float score, int rank) {}
