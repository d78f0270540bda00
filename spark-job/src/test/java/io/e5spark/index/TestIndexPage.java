package io.e5spark.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestIndexPage {
  private final IndexReport report =
      new IndexReport(
          "<vectors>",
          12_345,
          100,
          7,
          200,
          true,
          List.of(
              new RecallPoint(1, 0.5, 0.25, 0.01, 0.015, 0.25),
              new RecallPoint(2, 0.75, 0.5, 0.02, null, null)),
          1_000L,
          2.5);

  @Test
  void textIsATableWithALinePerNumberOfProbes() {
    assertThat(report.text().lines().toList())
        .containsExactly(
            "Index of table <vectors>: 12,345 rows in 100 lists, 7 rows in none; 200 queries, which are rows of the table",
            "  probes  recall@10  recall@100  rows read  bytes read   seconds",
            "       1     0.5000      0.2500     1.00 %     1.50 %     0.250",
            "       2     0.7500      0.5000     2.00 %",
            "   exact     1.0000      1.0000   100.00 %   100.00 %     2.500");
  }

  @Test
  void recallAloneHasNoColumnsOfCosts() {
    List<RecallPoint> points = List.of(new RecallPoint(2, 0.75, 0.5, 0.02, null, null));
    IndexReport recall = new IndexReport("t", 50, 10, 0, 5, false, points, null, null);
    assertThat(recall.text().lines().toList())
        .containsExactly(
            "Index of table t: 50 rows in 10 lists, 0 rows in none; 5 queries",
            "  probes  recall@10  recall@100  rows read",
            "       2     0.7500      0.5000     2.00 %");
  }

  @Test
  void probesToMeasureArePowersOfTwoThatTheIndexHas() {
    assertThat(IndexReport.usual(1)).containsExactly(1);
    assertThat(IndexReport.usual(14)).containsExactly(1, 2, 4, 8);
    assertThat(IndexReport.usual(100)).containsExactly(1, 2, 4, 8, 16);
    assertThat(IndexReport.usual(1_000)).containsExactly(1, 2, 4, 8, 16, 32, 64);
  }

  @Test
  void pageShowsTheNumbersAndEscapesNames() {
    String page = IndexPage.of(report);
    assertThat(page)
        .contains(
            "<h1>Index of &lt;vectors&gt;</h1>",
            "12,345 rows in 100 lists, 7 rows in none; measured with 200 rows of the table",
            "<td>1</td><td>0.5000</td><td>0.2500</td><td>1.00 %</td><td>1.50 %</td><td>0.250</td>",
            "<td>exact</td>",
            "\"recall_at10\":0.75")
        .doesNotContain("<vectors>", "src=");
  }
}
