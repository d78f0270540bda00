package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.session.QuietLog;
import io.e5spark.job.session.Session;
import io.e5spark.sql.E5Functions;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** Tests that commands change nothing in a process that they did not start. */
class TestGuest {
  private static final String EXECUTOR = "org.apache.spark.executor.Executor";

  private static Map<String, String> configuration(SparkSession spark) {
    return Map.copyOf(CollectionConverters.asJava(spark.conf().getAll()));
  }

  @Test
  void sessionHasTheSettingsThatItHad() {
    SparkSession spark = Cli.spark();
    spark.conf().set("spark.e5.window-rows", "77");
    try {
      Map<String, String> before = configuration(spark);
      Cli.Result result =
          Cli.run("sql", "--set", "window-rows=9", "-e", "set `spark.e5.on-error` = null");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(Cli.run("sql", "--set", "window-rows=9", "-e", "set `spark.e5.window-rows`").out())
          .contains("|    9|");
      assertThat(Cli.run("sql", "-e", "set `spark.e5.window-rows`").out()).contains("77");
      assertThat(configuration(spark)).isEqualTo(before);
    } finally {
      spark.conf().unset("spark.e5.window-rows");
    }
  }

  @Test
  void processGoesOnAfterAFailure() {
    Cli.spark();
    assertThatThrownBy(() -> Main.main(new String[] {"sql", "-e", "select nothing"}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("e5-spark failed with exit code 2");
  }

  @Test
  void optionsThatHaveNoEffectAreNamed() {
    Cli.spark();
    Cli.Result result = Cli.run("sql", "--master", "local[7]", "-e", "select 1");
    assertThat(result.code()).isZero();
    assertThat(result.err())
        .contains(
            "--master and --conf have no effect, because this process already has a Spark session");
    assertThat(Cli.run("sql", "-e", "select 1").err()).doesNotContain("--master");
  }

  @Test
  void sessionWithoutTheFunctionsIsLeftWithoutThem() {
    SparkSession spark = Cli.spark();
    assertThat(opened().spark()).isSameAs(spark);
    SparkSession plain = spark.newSession();
    FunctionIdentifier embed = new FunctionIdentifier("e5_embed");
    assertThat(plain.sessionState().functionRegistry().dropFunction(embed)).isTrue();
    plain.sql("create database guest");
    plain.sql("use guest");
    plain.conf().set("spark.sql.session.timeZone", "+07:00");
    plain.sessionState().conf().setConfString("spark.executor.memory", "3g");
    SparkSession.setActiveSession(plain);
    try {
      SparkSession able = opened().spark();
      assertThat(E5Functions.areIn(able)).isTrue();
      assertThat(E5Functions.areIn(plain)).isFalse();
      assertThat(able.catalog().currentDatabase()).isEqualTo("guest");
      assertThat(able.conf().get("spark.sql.session.timeZone")).isEqualTo("+07:00");
      assertThat(Cli.run("sql", "--json", "-e", "select current_database() as name").out())
          .contains("\"guest\"");
    } finally {
      SparkSession.setActiveSession(spark);
      spark.sql("drop database guest");
    }
  }

  private static Session opened() {
    return Session.open(new CommonOptions(), new PrintWriter(Writer.nullWriter()));
  }

  @Test
  void logAndLocaleAreTheHosts() {
    Cli.spark();
    Level root = LogManager.getRootLogger().getLevel();
    Locale locale = Locale.getDefault(Locale.Category.FORMAT);
    Configurator.setLevel(EXECUTOR, Level.WARN);
    try {
      assertThat(Cli.run("sql", "-e", "select 1").code()).isZero();
      assertThat(LogManager.getRootLogger().getLevel()).isEqualTo(root);
      assertThat(LogManager.getLogger(EXECUTOR).getLevel()).isEqualTo(Level.WARN);
      assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(locale);
    } finally {
      Configurator.setLevel(EXECUTOR, Level.OFF);
    }
  }

  @Test
  void quietLogGivesBackWhatItTook() {
    Level root = LogManager.getRootLogger().getLevel();
    Configurator.setLevel(EXECUTOR, Level.INFO);
    String unset = "org.apache.spark.util.Utils";
    ((LoggerContext) LogManager.getContext(false)).getConfiguration().removeLogger(unset);
    Configurator.setRootLevel(Level.WARN);
    try {
      try (QuietLog quiet = new QuietLog()) {
        assertThat(quiet).isNotNull();
        assertThat(LogManager.getRootLogger().getLevel()).isEqualTo(Level.ERROR);
        assertThat(LogManager.getLogger(EXECUTOR).getLevel()).isEqualTo(Level.OFF);
        assertThat(LogManager.getLogger(unset).getLevel()).isEqualTo(Level.OFF);
      }
      assertThat(LogManager.getRootLogger().getLevel()).isEqualTo(Level.WARN);
      assertThat(LogManager.getLogger(EXECUTOR).getLevel()).isEqualTo(Level.INFO);
      assertThat(LogManager.getLogger(unset).getLevel()).isEqualTo(Level.WARN);
    } finally {
      Configurator.setRootLevel(root);
      Configurator.setLevel(EXECUTOR, Level.OFF);
    }
  }
}
