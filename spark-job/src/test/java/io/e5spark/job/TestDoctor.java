package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TestDoctor {
  @Test
  void thisMachineIsHealthyOnTheCpu() throws Exception {
    Cli.Result result = Cli.run("doctor", "--executors", "1", "--set", "device=cpu", "--json");
    assertThat(result.code()).as(result.out()).isZero();
    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.get("healthy").asBoolean()).isTrue();
    List<String> findings = report.findValuesAsText("found");
    assertThat(findings).anyMatch(found -> found.startsWith("Delta 4."));
    assertThat(findings)
        .filteredOn(found -> found.startsWith("e5-small-v2, dimension 384, embeds a text of 5"))
        .hasSize(2);
    assertThat(report.findValuesAsText("where")).contains("driver", "executor driver on 127.0.0.1");
  }

  @Test
  void executorsThatFailLeaveWhatTheDriverFound() {
    SparkConf configuration = Cli.spark().sparkContext().conf();
    configuration.set("spark.driver.maxResultSize", "1");
    try {
      Cli.Result result = Cli.run("doctor", "--executors", "1", "--set", "device=cpu");
      assertThat(result.code()).as(result.err()).isEqualTo(1);
      assertThat(result.out())
          .contains("Delta 4.", "e5-small-v2, dimension 384")
          .containsPattern("PROBLEM  cluster +they cannot be examined: .*maxResultSize");
    } finally {
      configuration.remove("spark.driver.maxResultSize");
    }
  }

  @Test
  void deviceThatCannotBeHadIsAProblem() {
    Cli.Result result = Cli.run("doctor", "--set", "device=cuda");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("PROBLEM  device")
        .contains("put onnxruntime_gpu on the class path instead of onnxruntime")
        .contains("PROBLEM  model     Cannot use device cuda: ");
  }

  @Test
  void modelThatIsNoneIsAProblem() {
    Cli.Result result = Cli.run("doctor", "--model", "/nowhere/at/all");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("PROBLEM  model     ").contains("/nowhere/at/all");
  }
}
