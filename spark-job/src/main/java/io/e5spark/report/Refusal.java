package io.e5spark.report;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;

/** Distinguishes a failure that the arguments of a command caused from a failure of its work. */
public final class Refusal {
  private static final String OURS = "io.e5spark.";

  /** An exception from below one of these methods comes from a running query. */
  private static final List<String> QUERIES =
      List.of(
          "org.apache.spark.sql.execution.SQLExecution", "org.apache.spark.scheduler.DAGScheduler");

  /** An exception from above one of these methods comes from a task. */
  private static final String TASK = "org.apache.spark.scheduler.Task";

  private Refusal() {}

  /**
   * Whether arguments, settings or tables were rejected, by this application or by what it called.
   * Whatever Spark, Hadoop or Delta throw during a query is not a rejection, whatever its type.
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
