package io.e5spark.nearest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import scala.Tuple2;

/** Rows with ids, and blocks of them, in the form in which Spark gives them to a task. */
final class Joined {
  private Joined() {}

  static Candidate row(String id, float... vector) {
    return new Candidate(id.getBytes(StandardCharsets.UTF_8), vector);
  }

  /** Returns rows of whole numbers, so that scores are exact. */
  static List<Candidate> rows(String prefix, int count, int dimension, int seed) {
    Random random = new Random(seed);
    List<Candidate> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] vector = new float[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = random.nextInt(9) - 4;
      }
      rows.add(row(prefix + i, vector));
    }
    return rows;
  }

  /** Returns the rows with their ids as keys. */
  static List<Tuple2<String, byte[]>> keyed(List<Candidate> rows) {
    return rows.stream().map(row -> new Tuple2<>(id(row.row()), row.packed())).toList();
  }

  static QueryBlock block(int number, int start, List<Candidate> rows) {
    return new QueryBlock(number, start, rows.stream().map(row -> id(row.row())).toList(), rows);
  }

  static Iterator<Tuple2<QueryBlock, Candidate>> product(
      List<QueryBlock> blocks, List<Candidate> rows) {
    return blocks.stream()
        .flatMap(block -> rows.stream().map(row -> new Tuple2<>(block, row)))
        .iterator();
  }

  static String id(byte[] row) {
    return new String(row, StandardCharsets.UTF_8);
  }

  static float dot(Candidate a, Candidate b) {
    float sum = 0;
    for (int i = 0; i < a.vector().length; i++) {
      sum += a.vector()[i] * b.vector()[i];
    }
    return sum;
  }
}
