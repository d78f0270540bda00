package io.e5spark.job;

import io.e5spark.config.NearestName;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Turns wrong arguments into one line. */
final class ArgumentHandler implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = firstWithUnknown(exception.getCommandLine());
    command
        .getErr()
        .printf(
            "e5-spark: %s (see %s --help)%n",
            problem(exception, command), command.getCommandSpec().qualifiedName());
    return CommandLine.ExitCode.USAGE;
  }

  /** The outermost command before which something unknown stands, or this command. */
  private static CommandLine firstWithUnknown(CommandLine command) {
    CommandLine first = command;
    for (CommandLine outer = command; outer != null; outer = outer.getParent()) {
      first = outer.getUnmatchedArguments().isEmpty() ? first : outer;
    }
    return first;
  }

  /** Reports unknown arguments first, because a missing one may be among them, misspelled. */
  private static String problem(ParameterException exception, CommandLine command) {
    List<String> unknown = command.getUnmatchedArguments();
    if (unknown.isEmpty()) {
      return String.valueOf(exception.getMessage())
          .strip()
          .replaceAll("\\s*\\R\\s*", " ")
          .replace("required subcommand", "command");
    }
    String first = command.getSubcommands().isEmpty() ? optionFirst(unknown) : unknown.get(0);
    if (first.startsWith("-")) {
      return unknown("option", first.replaceFirst("=.*", ""), longNames(command));
    }
    return unknown(
        command.getSubcommands().isEmpty() ? "argument" : "command",
        first,
        command.getSubcommands().keySet());
  }

  private static String optionFirst(List<String> unknown) {
    return unknown.stream().filter(one -> one.startsWith("-")).findFirst().orElse(unknown.get(0));
  }

  private static List<String> longNames(CommandLine command) {
    return command.getCommandSpec().optionsMap().keySet().stream()
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static String unknown(String what, String given, Collection<String> known) {
    return "Unknown %s: %s".formatted(what, given)
        + NearestName.of(given, known).map(", did you mean %s?"::formatted).orElse("");
  }
}
