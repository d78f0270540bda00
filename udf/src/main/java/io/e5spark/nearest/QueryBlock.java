package io.e5spark.nearest;

import java.util.List;

/**
 * Rows that are multiplied with others at once.
 *
 * @param number the number of the block in its partition, from 0
 * @param start the position of its first row in the partition, from 0
 * @param keys the keys of the rows
 * @param rows the rows, with vectors of one dimension
 */
record QueryBlock(int number, int start, List<String> keys, List<Candidate> rows) {
  List<float[]> vectors() {
    return rows.stream().map(Candidate::vector).toList();
  }
}
