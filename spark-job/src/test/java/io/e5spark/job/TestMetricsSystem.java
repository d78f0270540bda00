package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Tests that counts reach the sinks of Spark's metrics system. */
class TestMetricsSystem {
  private static final Pattern TEXTS =
      Pattern.compile(
          "^metrics_\\S*plugin_io_e5spark_sql_E5Plugin_texts_Value\\S* (\\d+)$", Pattern.MULTILINE);

  @Test
  void countersAreAtThePrometheusServlet() throws Exception {
    long before = texts();
    assertThat(
            Cli.run("sql", "-e", "select e5_embed(a) from values ('salt'), ('bread') t(a)").code())
        .isZero();
    assertThat(texts()).isEqualTo(before + 2);
  }

  private static long texts() throws Exception {
    URI page = URI.create(Cli.spark().sparkContext().uiWebUrl().get() + "/metrics/prometheus/");
    assertThat(page.getHost()).isEqualTo("127.0.0.1");
    String body =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
            .body();
    Matcher line = TEXTS.matcher(body);
    assertThat(line.find()).as(body).isTrue();
    return Long.parseLong(line.group(1));
  }
}
