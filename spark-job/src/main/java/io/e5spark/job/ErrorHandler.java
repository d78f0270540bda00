package io.e5spark.job;

import io.e5spark.report.FailedWork;
import io.e5spark.report.Refusal;
import java.io.PrintWriter;
import org.apache.hadoop.fs.FSError;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** Turns a failure into one clear line; the stack trace follows only on request. */
final class ErrorHandler implements IExecutionExceptionHandler, IExecutionStrategy {
  private static final String MORE_MEMORY =
      "raise E5_MEMORY, or the memory of driver and executors with spark-submit";

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult arguments) {
    return handle(exception, command);
  }

  /** Runs the command. An {@link Error} is reported like an exception. */
  @Override
  public int execute(ParseResult arguments) {
    try {
      return new CommandLine.RunLast().execute(arguments);
    } catch (Error e) {
      ParseResult last = arguments;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      return handle(e, last.commandSpec().commandLine());
    }
  }

  private static int handle(Throwable failure, CommandLine command) {
    PrintWriter err = command.getErr();
    err.println("e5-spark: " + message(failure));
    if (command.getParseResult().matchedOptionValue("--verbose", false)) {
      failure.printStackTrace(err);
    }
    return Refusal.is(failure) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  /** The sentence that explains most, which is that of the innermost cause. */
  private static String message(Throwable failure) {
    if (failure instanceof FailedWork failed && failed.getCause() != null) {
      return message(failed.getCause());
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
    return failure instanceof FSError
        ? "Cannot read or write a file: " + innermost.getMessage()
        : "Cannot continue: " + onOneLine(innermost.toString());
  }

  private static String onOneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** The text that {@code raise_error} was given, without what Spark adds to it. */
  private static String raised(String message) {
    return message.replaceFirst("^\\[USER_RAISED_EXCEPTION] (.*) SQLSTATE: P0001.*", "$1");
  }

  /** Spark's message names only options of Spark's own programs. */
  private static String withWayOut(String message) {
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
