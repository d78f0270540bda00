package io.e5spark.job.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.job.option.CommonOptions;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TestSession {
  private static final String CODE = "spark.sql.codegen.wholeStage";

  private final CommonOptions options = new CommonOptions();

  @Test
  void defaultsOfACommandApplyUnlessTheOptionsSayOtherwise() {
    assertThat(conf().get(CODE)).isEqualTo("false");
    options.conf.put(CODE, "true");
    assertThat(conf().get(CODE)).isEqualTo("true");
  }

  @Test
  void extensionsOfTheUserStayBesideOurs() {
    options.conf.put("spark.sql.extensions", "a.B, io.delta.sql.DeltaSparkSessionExtension");
    assertThat(conf().get("spark.sql.extensions").split(","))
        .containsExactly(
            "io.e5spark.sql.E5Extensions", "io.delta.sql.DeltaSparkSessionExtension", "a.B");
  }

  @Test
  void onlySessionsOnThisMachineAreSetUpForIt() {
    assertThat(conf().get("spark.ui.enabled")).isEqualTo("false");
    options.master = "yarn";
    assertThat(conf().contains("spark.ui.enabled")).isFalse();
  }

  private SparkConf conf() {
    return Session.conf(options, Map.of(CODE, "false"));
  }
}
