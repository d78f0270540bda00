package io.e5spark.mteb.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestTaskMeans {
  private static TaskReport report(String task, String type, double main) {
    return SampleTask.report(task, type, main, null);
  }

  @Test
  void tasksCountAlikeAndSoDoTypes() {
    TaskMeans means =
        TaskMeans.of(
            List.of(
                report("a", "STS", 0.9), report("b", "STS", 0.7), report("c", "Reranking", 0.2)));
    assertThat(means.types())
        .containsExactlyInAnyOrderEntriesOf(Map.of("STS", 80.0, "Reranking", 20.0));
    assertThat(means.mean()).isEqualTo(60);
    assertThat(means.meanOfTypes()).isEqualTo(50);
    assertThat(means.missed(Map.of("a", 90.0))).isEmpty();
    assertThat(means.missed(Map.of("c", 20.5)))
        .containsExactly("c is 20.00, below the minimum of 20.50");
  }

  @Test
  void resultFileHasTheFormOfMteb() {
    Map<String, ?> file = ResultFile.of(List.of(report("a", "STS", 0.123456789)));
    assertThat(file.get("mteb_version")).isNull();
    assertThat(file.get("task_name")).isEqualTo("a");
    assertThat(file.get("dataset_revision")).isEqualTo("abc");
    assertThat(file.get("scores").toString())
        .contains("main_score=0.123457", "odd=null", "hf_subset=default", "languages=[eng-Latn]");
  }

  @Test
  void subsetsOfATaskCountAsOne() {
    TaskMeans means =
        TaskMeans.of(
            List.of(
                report("a", "STS", 0.9),
                report("a", "STS", 0.7),
                report("b", "STS", 0.2),
                report("c", "Reranking", 0.3)));
    assertThat(means.tasks()).containsEntry("a", 80.0);
    assertThat(means.types()).containsEntry("STS", 50.0);
    assertThat(means.meanOfTypes()).isEqualTo(40);
  }
}
