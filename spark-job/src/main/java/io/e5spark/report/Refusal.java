package io.e5spark.report;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;

/** What tells a failure of what a command was given from one of its work. */
public final class Refusal {
  private static final String OURS = "io.e5spark.";

  /** Whoever throws below one of these was running a query. */
  private static final List<String> QUERIES =
      List.of(
          "org.apache.spark.sql.execution.SQLExecution", "org.apache.spark.scheduler.DAGScheduler");

  /** Whoever throws above one of these was a task. */
  private static final String TASK = "org.apache.spark.scheduler.Task";

  private Refusal() {}

  /**
   * Whether arguments, settings or tables were refused: by us, or by what we gave them to. What
   * Spark, Hadoop or Delta throw out of a running query is not a refusal, whatever its type.
   */
  public static boolean is(Throwable failure) {
    return failure instanceof AnalysisException
        || (failure instanceof IllegalArgumentException && !isOfQuery(failure.getStackTrace()));
  }

  private static boolean isOfQuery(StackTraceElement[] innermostFirst) {
    boolean inTask =
        Arrays.stream(innermostFirst).anyMatch(frame -> frame.getClassName().equals(TASK));
    boolean inQuery =
        Arrays.stream(innermostFirst)
            .map(StackTraceElement::getClassName)
            .takeWhile(name -> !name.startsWith(OURS))
            .anyMatch(name -> QUERIES.stream().anyMatch(name::startsWith));
    return inTask || inQuery;
  }
}
