package io.e5spark.eval.report;

import io.e5spark.eval.EvaluationReport;
import io.e5spark.platform.Count;
import java.util.List;
import java.util.Locale;

/** The facts about an evaluation that its page lists. */
final class ReportFacts {
  private ReportFacts() {}

  /** A label and a value. */
  record Fact(String name, String value) {}

  /** The facts, in the order of the page. */
  static List<Fact> of(EvaluationReport report) {
    EvaluationReport.Counts counts = report.counts();
    EvaluationReport.Seconds seconds = report.seconds();
    return List.of(
        new Fact("Folder", report.path()),
        new Fact(
            "Documents",
            String.format(
                Locale.ROOT,
                "%,d, embedded as %s, vectors stored as %s",
                counts.documents(),
                report.documentType(),
                report.vectorType())),
        new Fact(
            "Queries",
            String.format(
                Locale.ROOT,
                "%,d evaluated, %,d missing",
                counts.queries(),
                counts.missingQueries())),
        new Fact(
            "Judgements",
            String.format(
                Locale.ROOT,
                "%,d; the corpus lacks %s",
                counts.judgements(),
                Count.of(counts.missingDocuments(), "judged document"))),
        new Fact(
            "Documents per query",
            String.format(
                Locale.ROOT,
                "%,d; a document with the query's id is %s",
                report.k(),
                report.keepIdenticalIds() ? "kept" : "left out")),
        new Fact(
            "Seconds",
            String.format(
                Locale.ROOT,
                "documents %.1f, queries %.1f, search %.1f",
                seconds.documents(),
                seconds.queries(),
                seconds.search())),
        new Fact("Fingerprint", report.fingerprint()));
  }
}
