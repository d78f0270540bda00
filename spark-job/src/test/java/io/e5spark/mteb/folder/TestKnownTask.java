package io.e5spark.mteb.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class TestKnownTask {
  @Test
  void taskIsKnownByItsNameAndByItsFolder() {
    KnownTask task = KnownTask.named("amazon_counterfactual").orElseThrow();
    assertThat(task.name()).isEqualTo("AmazonCounterfactualClassification");
    assertThat(task.parameters().samplesPerLabel()).isEqualTo(32);
    assertThat(KnownTask.named(task.name())).contains(task);
    assertThat(KnownTask.named("my-own")).isEmpty();
  }

  @Test
  void kindIsToldByTheColumns() {
    assertThat(kind("sentence1 string, sentence2 string, score double")).isEqualTo(TaskKind.STS);
    assertThat(kind("sentence1 string, sentence2 string, labels int"))
        .isEqualTo(TaskKind.PAIR_CLASSIFICATION);
    assertThat(kind("sentence1 string, sentence2 string")).isEqualTo(TaskKind.BITEXT_MINING);
    assertThat(kind("sentences array<string>, labels array<int>")).isEqualTo(TaskKind.CLUSTERING);
    assertThat(kind("sentences string, labels int")).isEqualTo(TaskKind.BOOTSTRAPPED_CLUSTERING);
    assertThat(kind("text string, label int")).isEqualTo(TaskKind.CLASSIFICATION);
    assertThatThrownBy(() -> kind("_row long, title string"))
        .hasMessage("its columns [title] match no type of task (name one with --type)");
  }

  private static TaskKind kind(String columns) {
    return TaskKind.of(StructType.fromDDL(columns));
  }

  @Test
  void kindsHaveNames() {
    for (TaskKind kind : TaskKind.values()) {
      assertThat(TaskKind.of(kind.toString())).isEqualTo(kind);
    }
  }
}
