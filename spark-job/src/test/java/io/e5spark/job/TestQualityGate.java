package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.eval.Minimum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests the checks before an evaluation starts. The tests of the command cover evaluations. */
class TestQualityGate {
  private static QualityGate gate(String... minimums) {
    QualityGate gate = new QualityGate();
    CommandLine line = new CommandLine(gate);
    String[] arguments = new String[minimums.length + 2];
    arguments[0] = "--dataset=nfcorpus";
    arguments[1] = "--results=out";
    for (int i = 0; i < minimums.length; i++) {
      arguments[i + 2] = "--min=" + minimums[i];
    }
    line.parseArgs(arguments);
    return gate;
  }

  @Test
  void minimumsAreOfTheMetricsThatEvaluationComputes() {
    assertThat(gate("ndcg@10=0.3", "Recall@100=0.5", "rr=1").wanted())
        .containsExactly(
            new Minimum("NDCG@10", 0.3), new Minimum("Recall@100", 0.5), new Minimum("RR", 1));
  }

  @Test
  void laterMinimumOfAMetricReplacesTheEarlier() {
    assertThat(gate("NDCG@10=0.3", "NDCG@10=0.4").wanted())
        .containsExactly(new Minimum("NDCG@10", 0.4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndcg@7", "ndcg", "x"})
  void minimumOfAnotherMetricIsRefused(String name) {
    QualityGate gate = gate(name + "=0.3");
    assertThatThrownBy(gate::wanted)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid min: %s (must be one of NDCG@1, ".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ndcg@10", "ndcg@10=high"})
  void minimumIsANumber(String minimum) {
    assertThatThrownBy(() -> gate(minimum))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("--min");
  }

  @Test
  void gateNeedsAMinimum() {
    assertThatThrownBy(TestQualityGate::gate)
        .isInstanceOf(CommandLine.MissingParameterException.class)
        .hasMessageContaining("--min");
  }

  @Test
  void splitIsTestByDefault() {
    assertThat(gate("rr=1").split).isEqualTo("test");
  }
}
