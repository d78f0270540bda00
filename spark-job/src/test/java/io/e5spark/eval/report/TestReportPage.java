package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.eval.EvaluationReport;
import io.e5spark.eval.SampleEvaluation;
import io.e5spark.metric.ScoredDocument;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestReportPage {
  private static final String HOSTILE = "</script><script>alert('1')</script> & \"x\" {{report}}";

  private static final ReportTexts TEXTS =
      new ReportTexts() {
        @Override
        public Map<String, Passage> documents(Set<String> ids) {
          return Map.of("a", Passage.of(HOSTILE, HOSTILE));
        }

        @Override
        public Map<String, String> queries(Set<String> ids) {
          return Map.of("q", HOSTILE);
        }
      };

  private static ReportPage page(EvaluationReport report, Map<String, Map<String, Double>> values) {
    var run =
        SampleEvaluation.result(
            report,
            Map.of("q", Map.of("a", 1)),
            values,
            Map.of("q", List.of(new ScoredDocument("a", 1))));
    Provenance provenance =
        new Provenance(Instant.parse("2026-01-02T03:04:05Z"), "1.2.3", "e5-spark evaluate <x>");
    return new ReportPage(run, new ReportedQueries(run, TEXTS), provenance);
  }

  private static Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    means.put("NDCG@1", 0.5);
    means.put("NDCG@10", 0.4);
    means.put("Recall@1", 0.1);
    means.put("Recall@10", 0.2);
    means.put("RR", 0.3);
    return means;
  }

  @Test
  void rowsAreFamiliesAndColumnsCutoffs() {
    ReportPage page = page(SampleEvaluation.report(means()), Map.of());
    assertThat(page.cutoffs()).containsExactly("1", "10");
    assertThat(page.rows())
        .containsExactly(
            new ReportPage.MetricRow("NDCG", List.of("0.50000", "0.40000")),
            new ReportPage.MetricRow("Recall", List.of("0.10000", "0.20000")));
  }

  @Test
  void hostileTextsStayTexts() {
    EvaluationReport report = SampleEvaluation.report(means(), 0.7);
    String html = page(report, Map.of("q", Map.of("NDCG@10", 0.1))).html();
    assertThat(html)
        .contains(
            "&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot; {{report}}")
        .doesNotContain("<script>alert")
        .contains("\\u003c/script>\\u003cscript>alert('1')")
        .contains("Documents per query")
        .contains("0.70000");
    assertThat(html.split("<script", -1)).hasSameSizeAs(html.split("</script>", -1));
  }

  @Test
  void chartsComeWithThePage() {
    String html = page(SampleEvaluation.report(means()), Map.of()).html();
    assertThat(html).contains("Chart.js v").doesNotContainPattern("(src|href)=\"https?:");
  }

  @Test
  void pageSaysHowItWasMadeAndWhatItsMetricsMean() {
    assertThat(page(SampleEvaluation.report(means()), Map.of()).html())
        .contains("2026-01-02T03:04:05Z", "e5-spark 1.2.3", "e5-spark evaluate &lt;x&gt;")
        .contains("<dt>NDCG</dt>", "<dt>Recall</dt>", "<dt>RR</dt>")
        .doesNotContain("<dt>MAP</dt>");
  }

  @Test
  void chartsAreTablesToo() {
    assertThat(page(SampleEvaluation.report(means()), Map.of("q", Map.of("NDCG@10", 0.1))).html())
        .contains("<tr><td>0.10</td><td>1</td></tr>", "<tr><td>10</td><td>0.20000</td></tr>");
  }
}
