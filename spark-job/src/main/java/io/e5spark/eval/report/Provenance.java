package io.e5spark.eval.report;

import io.e5spark.report.Versions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * When and how a report was made.
 *
 * @param version the version of e5-spark
 * @param command the command as it was typed, without secrets
 */
public record Provenance(Instant made, String version, String command) {
  /** The provenance of a report that this build makes now. */
  public static Provenance now(String command) {
    Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return new Provenance(second, Versions.read().of("e5-spark"), command);
  }

  List<ReportFacts.Fact> facts() {
    return List.of(
        new ReportFacts.Fact("Made", made.toString()),
        new ReportFacts.Fact("Version", "e5-spark " + version),
        new ReportFacts.Fact("Command", command));
  }
}
