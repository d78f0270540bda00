package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.nearest.Ids.Found;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestTopDocuments {
  private static List<Found> documents(Random random, int count, int levels) {
    List<Found> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      documents.add(new Found("d" + i, random.nextInt(levels) / (float) levels));
    }
    return documents;
  }

  private static TopDocuments top(int k, List<Found> documents) {
    DocumentIds ids = new DocumentIds();
    TopDocuments top = new TopDocuments(k, ids, Ids.DESCENDING);
    for (Found one : documents) {
      if (one.score() >= top.threshold()) {
        byte[] id = one.document().getBytes(StandardCharsets.UTF_8);
        top.add((float) one.score(), ids.add(id));
      }
    }
    return top;
  }

  private static List<Found> ranked(TopDocuments top) {
    return Ids.found(top.packed());
  }

  static List<Found> sorted(int k, List<Found> documents) {
    return documents.stream()
        .sorted(Comparator.comparing(Found::score).thenComparing(Found::document).reversed())
        .limit(k)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100, 3",
    "10, 5, 3",
    "10, 1000, 1",
    "10, 1000, 7",
    "100, 5000, 40",
    "7, 999, 100000"
  })
  void keepsWhatASortKeepsInAnyOrderAndPartitioning(int k, int count, int levels) {
    Random random = new Random(5);
    List<Found> documents = documents(random, count, levels);
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(documents, random);
      assertThat(ranked(top(k, documents))).isEqualTo(sorted(k, documents));
      int cut = random.nextInt(count);
      TopDocuments merged = new TopDocuments(k, new DocumentIds(), Ids.DESCENDING);
      merged.add(top(k, documents.subList(0, cut)).packed());
      merged.add(top(k, documents.subList(cut, count)).packed());
      assertThat(ranked(merged)).isEqualTo(sorted(k, documents));
    }
  }

  @Test
  void equalScoresGoByBytesAndZerosAreEqual() {
    List<Found> documents =
        List.of(new Found("\ue000", 0), new Found("\ud835\udcb3", -0.0), new Found("a", 0));
    assertThat(ranked(top(2, documents)))
        .extracting(Found::document)
        .containsExactly("\ud835\udcb3", "\ue000");
  }
}
