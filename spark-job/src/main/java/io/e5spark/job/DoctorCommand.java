package io.e5spark.job;

import io.e5spark.config.Settings;
import io.e5spark.doctor.Examination;
import io.e5spark.doctor.ExecutorExamination;
import io.e5spark.doctor.Finding;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.PositiveNumber;
import io.e5spark.job.session.Session;
import io.e5spark.report.FailureMessage;
import io.e5spark.report.Json;
import io.e5spark.table.RunLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Examines everything that embedding needs and says how to fix what is wrong. Exits with 1 if embedding would fail.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  @Option(
      names = "--executors",
      paramLabel = "COUNT",
      description = "The number of executors to examine as well.")
  @Nullable Integer executors;

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /** The findings. */
  record Report(boolean healthy, List<Finding> findings) {}

  @Override
  public Integer call() {
    if (executors != null) {
      PositiveNumber.require("executors", executors);
    }
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      Settings settings = common.settings(session.spark());
      List<Finding> findings = new ArrayList<>();
      findings.add(
          new Finding(Finding.Level.OK, "driver", "delta", "Delta " + RunLog.deltaVersion(), null));
      findings.addAll(new Examination(settings, "driver").findings());
      if (executors != null) {
        findings.addAll(ofExecutors(session.spark().sparkContext(), settings, executors));
      }
      return print(findings);
    }
  }

  private static List<Finding> ofExecutors(SparkContext context, Settings settings, int count) {
    try {
      return new ExecutorExamination(context, settings, count).findings();
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      return List.of(
          new Finding(
              Finding.Level.PROBLEM,
              "executors",
              "cluster",
              "they cannot be examined: " + FailureMessage.of(e),
              "look at the log of an executor"));
    }
  }

  private int print(List<Finding> findings) {
    boolean healthy =
        findings.stream().noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
    if (common.json) {
      spec.commandLine().getOut().println(Json.of(new Report(healthy, findings)));
      return healthy ? 0 : 1;
    }
    String where = "";
    for (Finding finding : findings) {
      if (!finding.where().equals(where)) {
        where = finding.where();
        spec.commandLine().getOut().println(where);
      }
      spec.commandLine().getOut().println("  " + finding.line());
    }
    return healthy ? 0 : 1;
  }
}
