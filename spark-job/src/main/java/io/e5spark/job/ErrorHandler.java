package io.e5spark.job;

import io.e5spark.report.FailureMessage;
import io.e5spark.report.Refusal;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;

/** Turns a failure into one clear line; the stack trace follows only on request. */
final class ErrorHandler implements IExecutionExceptionHandler, IExecutionStrategy {
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
    err.println("e5-spark: " + FailureMessage.of(failure));
    if (command.getParseResult().matchedOptionValue("--verbose", false)) {
      failure.printStackTrace(err);
    }
    return Refusal.is(failure) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }
}
