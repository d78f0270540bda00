package io.e5spark.job;

import io.e5spark.embed.SharedEmbedders;
import io.e5spark.report.PrintableWriter;
import io.e5spark.report.Versions;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import scala.Option;

/**
 * The entry point. Its exit codes are 0 for success, 1 for a failed job, 2 for rejected arguments
 * or settings, and 3 for a metric below its minimum.
 */
@Command(
    name = Main.NAME,
    description = "Embeds text columns with E5 models on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EmbedCommand.class,
      MigrateCommand.class,
      SearchCommand.class,
      IndexCommand.class,
      SqlCommand.class,
      EvaluateCommand.class,
      TasksCommand.class,
      MetricsCommand.class,
      EstimateCommand.class,
      DoctorCommand.class,
      BenchmarkCommand.class,
      ModelCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Main {
  static final String NAME = "e5-spark";

  /** The text of {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"e5-spark " + Versions.read().of("e5-spark")};
    }
  }

  /**
   * Runs one command. If it fails, ends the JVM with its exit code, unless the JVM has a Spark
   * session of somebody else.
   *
   * @throws IllegalStateException if it fails beside such a session
   */
  public static void main(String[] arguments) {
    int code = run(writer(System.out), writer(System.err), arguments);
    // YARN regards a driver that calls exit as failed, whatever its code.
    if (isGuest()) {
      requireDone(code);
      return;
    }
    closeModels();
    if (code != 0) {
      System.exit(code);
    }
  }

  /** Queries of the session's owner may be using the models. */
  private static void requireDone(int code) {
    if (code != 0) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "e5-spark failed with exit code %d", code));
    }
  }

  /** A model call that runs while the JVM ends crashes the process. */
  private static void closeModels() {
    SharedEmbedders.closeAll();
  }

  /** The session that a command started has ended with it. */
  private static boolean isGuest() {
    Option<SparkSession> found =
        SparkSession.getActiveSession().orElse(SparkSession::getDefaultSession);
    return found.isDefined() && !found.get().sparkContext().isStopped();
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * Runs one command.
   *
   * @param out receives the requested output
   * @param err receives everything else
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    String[] meant = withoutHelp(arguments);
    int code = configured(named(meant), out, err).execute(meant);
    return out.checkError() ? unwritten(err, code) : code;
  }

  /** {@code help search} means {@code search --help}. */
  private static String[] withoutHelp(String... arguments) {
    return arguments.length > 0 && arguments[0].equals("help")
        ? Stream.concat(Arrays.stream(arguments).skip(1), Stream.of("--help"))
            .toArray(String[]::new)
        : arguments;
  }

  /**
   * Only the command that comes first, if that is one, because reading the options of all takes a
   * while.
   */
  private static CommandLine named(String... arguments) {
    String first = arguments.length == 0 ? "" : arguments[0];
    for (Class<?> type : Main.class.getAnnotation(Command.class).subcommands()) {
      boolean readsOthers = type == AutoComplete.GenerateCompletion.class;
      if (!readsOthers && type.getAnnotation(Command.class).name().equals(first)) {
        return new CommandLine(
            CommandSpec.create().name(NAME).addSubcommand(first, new CommandLine(type)));
      }
    }
    return new CommandLine(new Main());
  }

  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return configured(new CommandLine(new Main()), out, err);
  }

  private static CommandLine configured(CommandLine line, PrintWriter out, PrintWriter err) {
    ErrorHandler errors = new ErrorHandler();
    return line.setOut(printable(out))
        .setErr(printable(err))
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A text to search for may begin with @.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(new ArgumentHandler())
        .setExecutionStrategy(errors)
        .setExecutionExceptionHandler(errors);
  }

  private static PrintWriter printable(PrintWriter writer) {
    return new PrintWriter(new PrintableWriter(writer), true);
  }

  /** The requested output is lost if it cannot be written. */
  private static int unwritten(PrintWriter err, int code) {
    err.println(
        "e5-spark: Cannot write to standard output: it accepts no more data (is the disk full, or has the reader ended?)");
    return code == 0 ? CommandLine.ExitCode.SOFTWARE : code;
  }
}
