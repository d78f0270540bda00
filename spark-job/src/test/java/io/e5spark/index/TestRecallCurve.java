package io.e5spark.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.lists.Centroids;
import io.e5spark.lists.StatedIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestRecallCurve {
  private final StatedIndex index =
      new StatedIndex("one", "f", "list", 100, 3, "x", Optional.empty());
  private final Centroids centroids =
      Centroids.of(List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {-1, 0}));
  private final List<float[]> queries = List.of(new float[] {1, 0.1f});

  private RecallPoint point(int probes, Map<Integer, Long> sizes, List<Integer> nearest) {
    return new RecallCurve(index, centroids, sizes).point(queries, List.of(nearest), probes);
  }

  @Test
  void recallIsTheShareOfTheNearestRowsInTheListsThatAreRead() {
    List<Integer> nearest = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      nearest.add(i < 8 ? 100 : i % 2 == 0 ? 101 : 102);
    }
    Map<Integer, Long> sizes = Map.of(100, 20L, 101, 30L, 102, 50L);
    assertThat(point(1, sizes, nearest)).isEqualTo(new RecallPoint(1, 0.8, 0.08, 0.2, null, null));
    assertThat(point(2, sizes, nearest)).isEqualTo(new RecallPoint(2, 0.9, 0.54, 0.5, null, null));
    assertThat(point(3, sizes, nearest)).isEqualTo(new RecallPoint(3, 1, 1, 1, null, null));
  }

  @Test
  void rowsInNoListOfTheIndexAreAlwaysRead() {
    Map<Integer, Long> sizes = Map.of(100, 5L, 99, 2L, Integer.MIN_VALUE, 3L, 103, 10L);
    assertThat(point(1, sizes, List.of(99, 103, 101, Integer.MIN_VALUE)))
        .isEqualTo(new RecallPoint(1, 0.75, 0.75, 1, null, null));
  }

  @Test
  void fewerRowsThanAreAskedForAreAllThatCanBeFound() {
    assertThat(point(1, Map.of(100, 1L, 101, 1L), List.of(100, 101)).recallAt100()).isEqualTo(0.5);
    assertThat(point(1, Map.of(100, 1L), List.of()).recallAt10()).isEqualTo(1);
  }
}
