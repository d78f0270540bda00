package io.e5spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.script.SqlScript;
import io.e5spark.job.script.SqlStatement;
import io.e5spark.job.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import scala.Console;

@Command(
    name = "sql",
    description =
        "Runs SQL statements and prints their rows. With --json, it prints one JSON object per row.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SqlCommand implements Callable<Integer> {
  private static final int SHOWN_ROWS = 1_000;
  private static final int SHOWN_CHARACTERS = 100;
  private static final String TIME_POLICY = "spark.sql.legacy.timeParserPolicy";
  private static final Map<String, String> TIMES =
      Map.of(
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][XXX]",
          "timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSS]");

  @ArgGroup(multiplicity = "1")
  Script script = new Script();

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /** Where the SQL comes from. */
  static final class Script {
    @Option(
        names = "-e",
        paramLabel = "SQL",
        description = "The statements, separated by semicolons.")
    @Nullable String text;

    @Option(names = "-f", paramLabel = "FILE", description = "The file with the statements.")
    @Nullable Path file;

    List<String> statements() {
      if (text != null) {
        return SqlScript.statements(text);
      }
      try {
        return SqlScript.statements(file == null ? "" : Files.readString(file));
      } catch (IOException e) {
        throw new IllegalArgumentException("Cannot read SQL file %s: %s".formatted(file, e), e);
      }
    }
  }

  @Override
  public Integer call() {
    List<String> statements = script.statements();
    try (Session session = Session.open(common, spec.commandLine().getErr())) {
      SparkSession spark = session.withSettings(common.settings(session.spark()));
      statements.forEach(statement -> run(spark, statement));
    }
    return 0;
  }

  /**
   * The rows as JSON, with all digits of a time unless the session formats times as Spark 2 did.
   */
  private static Dataset<String> json(Dataset<Row> rows) {
    if (rows.sparkSession().conf().get(TIME_POLICY).equalsIgnoreCase("legacy")) {
      return rows.toJSON();
    }
    return rows.select(to_json(struct(col("*")), TIMES)).as(Encoders.STRING());
  }

  private void run(SparkSession spark, String statement) {
    PrintWriter out = spec.commandLine().getOut();
    Dataset<Row> rows = new SqlStatement(statement).rows(spark);
    if (rows.columns().length == 0) {
      return;
    }
    if (common.json) {
      Iterator<String> lines = json(rows).toLocalIterator();
      while (lines.hasNext() && !out.checkError()) {
        out.println(lines.next());
      }
    } else {
      ByteArrayOutputStream table = new ByteArrayOutputStream();
      Console.withOut(
          new PrintStream(table, true, StandardCharsets.UTF_8),
          () -> {
            rows.show(SHOWN_ROWS, SHOWN_CHARACTERS);
            return null;
          });
      out.print(table.toString(StandardCharsets.UTF_8));
    }
    out.flush();
  }
}
