package io.e5spark.job;

import io.e5spark.report.FailedWork;
import io.e5spark.report.Refusal;
import java.io.PrintWriter;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns an exception into one clear line, with the stack trace behind it only on request. */
final class ErrorHandler implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult arguments) {
    PrintWriter err = command.getErr();
    err.println("e5-spark: " + message(exception));
    if (command.getParseResult().matchedOptionValue("--verbose", false)) {
      exception.printStackTrace(err);
    }
    return Refusal.is(exception) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  /** The sentence that explains most: that of the innermost cause. */
  private static String message(Throwable exception) {
    if (exception instanceof FailedWork failed && failed.getCause() != null) {
      return message(failed.getCause());
    }
    if (exception instanceof AnalysisException analysis && !(exception instanceof ParseException)) {
      return analysis.getSimpleMessage();
    }
    Throwable innermost = exception;
    while (innermost.getCause() != null && !explains(innermost)) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    if (message == null || message.isBlank()) {
      return innermost.toString();
    }
    // A parser's message points into the SQL, line by line.
    return innermost instanceof ParseException
        ? message.strip()
        : raised(message.strip().replaceAll("\\s*\\R\\s*", " "));
  }

  /** What {@code raise_error} was given, without what Spark puts around it. */
  private static String raised(String message) {
    return message.replaceFirst("^\\[USER_RAISED_EXCEPTION] (.*) SQLSTATE: P0001.*", "$1");
  }

  /** Whether this is one of our own messages, which hold their cause's already. */
  private static boolean explains(Throwable exception) {
    String message = exception.getMessage();
    return message != null
        && (message.startsWith("Cannot ")
            || message.startsWith("Invalid ")
            || message.startsWith("Unknown setting"));
  }
}
