package io.e5spark.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.eval.SampleEvaluation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestReportFacts {
  @Test
  void numbersAreForPeople() {
    assertThat(ReportFacts.of(SampleEvaluation.report(Map.of())))
        .containsExactly(
            new ReportFacts.Fact("Folder", "/sets/data"),
            new ReportFacts.Fact(
                "Documents", "5,183, embedded as passage, vectors stored as float"),
            new ReportFacts.Fact("Queries", "300 evaluated, 2 missing"),
            new ReportFacts.Fact("Judgements", "339; the corpus lacks 1,234 judged documents"),
            new ReportFacts.Fact(
                "Documents per query", "1,000; a document with the query's id is left out"),
            new ReportFacts.Fact("Seconds", "documents 12.3, queries 1.5, search 0.3"),
            new ReportFacts.Fact("Fingerprint", "f00d"));
  }
}
