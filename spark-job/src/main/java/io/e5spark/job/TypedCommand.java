package io.e5spark.job;

import io.e5spark.report.Secrets;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** The command as a user typed it, for reports: quoted for a shell, without secrets. */
final class TypedCommand {
  private static final String PLAIN = "[\\w@%+=:,./-]+";

  private TypedCommand() {}

  /** The typed form of a parsed command. */
  static String of(CommandSpec spec) {
    return of(spec.root().commandLine().getParseResult().originalArgs());
  }

  static String of(List<String> words) {
    return Secrets.hidden(
        words.stream()
            .map(Secrets::hiddenWord)
            .map(TypedCommand::quoted)
            .collect(Collectors.joining(" ", "e5-spark ", "")));
  }

  private static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
