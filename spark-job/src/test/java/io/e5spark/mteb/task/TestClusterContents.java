package io.e5spark.mteb.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestClusterContents {
  @Test
  void largestClusterComesFirstWithItsCommonestLabels() {
    ClusterContents contents =
        ClusterContents.of(0.5, List.of("a", "b", "b", "b", "c"), new int[] {7, 2, 2, 7, 2});
    assertThat(contents.clusters())
        .containsExactly(List.of("3", "b 66.7 %, c 33.3 %"), List.of("2", "a 50.0 %, b 50.0 %"));
  }

  @Test
  void worstRowsAreShown() {
    List<ClusterContents> rows =
        List.of(
            new ClusterContents(0.9, List.of()),
            new ClusterContents(0.1, List.of()),
            new ClusterContents(0.8, List.of()),
            new ClusterContents(0.3, List.of()));
    assertThat(ClusterContents.findings(rows))
        .extracting(Finding::title)
        .containsExactly(
            "Clusters of row 1, whose v-measure is 0.1000",
            "Clusters of row 3, whose v-measure is 0.3000",
            "Clusters of row 2, whose v-measure is 0.8000");
  }
}
