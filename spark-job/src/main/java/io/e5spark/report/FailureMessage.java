package io.e5spark.report;

import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** The sentence that explains most about a failure, which is that of its innermost cause. */
public final class FailureMessage {
  private static final String MORE_MEMORY =
      "raise E5_MEMORY, or the memory of driver and executors with spark-submit";

  private static final String FULL_DISK = "No space left on device";

  private FailureMessage() {}

  /** The sentence for a failure; it has several lines only where it points into SQL. */
  public static String of(Throwable failure) {
    if (failure instanceof FailedWork failed && failed.getCause() != null) {
      return of(failed.getCause());
    }
    if (failure instanceof AnalysisException analysis && !(failure instanceof ParseException)) {
      return onOneLine(analysis.getSimpleMessage());
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null && !explains(innermost)) {
      innermost = innermost.getCause();
    }
    if (innermost instanceof Error || failure instanceof Error) {
      return ofError(failure, innermost);
    }
    String message = innermost.getMessage();
    if (message == null || message.isBlank()) {
      return innermost.toString();
    }
    // The message of a parser points into the SQL, line by line.
    return innermost instanceof ParseException
        ? message.strip()
        : withWayOut(raised(onOneLine(message)));
  }

  private static String ofError(Throwable failure, Throwable innermost) {
    if (innermost instanceof OutOfMemoryError) {
      return "Cannot continue without more memory: %s (%s)"
          .formatted(innermost.getMessage(), MORE_MEMORY);
    }
    if (innermost instanceof StackOverflowError) {
      return "Cannot continue: the stack is full, for example because a statement is nested too deeply (raise it with E5_JAVA_OPTIONS=-Xss16m)";
    }
    if (explains(innermost)) {
      return onOneLine(String.valueOf(innermost.getMessage()));
    }
    String message = String.valueOf(innermost.getMessage());
    if (message.contains(FULL_DISK)) {
      return withWayOut(message);
    }
    return failure instanceof FSError
        ? "Cannot read or write a file: " + message
        : "Cannot continue: " + onOneLine(innermost.toString());
  }

  private static String onOneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** The text that {@code raise_error} was given, without what Spark adds to it. */
  private static String raised(String message) {
    return message.replaceFirst("^\\[USER_RAISED_EXCEPTION] (.*) SQLSTATE: P0001.*", "$1");
  }

  /** The message of the system does not say what failed, nor Spark's what helps. */
  private static String withWayOut(String message) {
    if (message.contains(FULL_DISK) && !message.startsWith("Cannot ")) {
      return "Cannot write a file: %s (free space for the table, or for spark.local.dir)"
          .formatted(message);
    }
    return message.startsWith("[INVALID_DRIVER_MEMORY]") || message.startsWith("System memory ")
        ? "Cannot start Spark: %s (%s)".formatted(message, MORE_MEMORY)
        : message;
  }

  /** Whether this is one of our own messages, which already contain that of their cause. */
  private static boolean explains(Throwable exception) {
    String message = exception.getMessage();
    return message != null
        && (message.startsWith("Cannot ")
            || message.startsWith("Invalid ")
            || message.startsWith("Unknown setting"));
  }
}
