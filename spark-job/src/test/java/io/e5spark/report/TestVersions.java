package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestVersions {
  @Test
  void versionsAreFoundByArtifact() {
    Versions versions = Versions.parse("# comment\ne5-spark=1.2.3-SNAPSHOT\nchart.js=4\n");
    assertThat(versions.of("e5-spark")).isEqualTo("1.2.3-SNAPSHOT");
    assertThat(versions.of("chart.js")).isEqualTo("4");
  }

  @Test
  void whatTheBuildDidNotWriteIsNamed() {
    Versions versions = Versions.parse("e5-spark=${project.version}\n");
    assertThatThrownBy(() -> versions.of("e5-spark"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot tell the version of e5-spark: ");
    assertThatThrownBy(() -> versions.of("chart.js"))
        .hasMessageStartingWith("Cannot tell the version of chart.js: ");
  }

  @Test
  void buildWroteOnesOfItsOwn() {
    assertThat(Versions.read().of("e5-spark")).matches("\\d+\\.\\d+\\.\\d+.*");
    String chart = "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.js";
    assertThat(getClass().getResource(chart.formatted(Versions.read().of("chart.js")))).isNotNull();
  }
}
