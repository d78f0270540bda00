package io.e5spark.job;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.PositiveNumber;
import io.e5spark.job.session.Session;
import io.e5spark.report.Json;
import io.e5spark.search.ChunkPlace;
import io.e5spark.search.GroupBy;
import io.e5spark.search.SearchedColumns;
import io.e5spark.search.TableSearch;
import io.e5spark.table.VectorTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "search",
    description = "Prints the rows of a vector table that are nearest to each query.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class SearchCommand implements Callable<Integer> {
  /**
   * Settings of Spark without generated code: a search reads and multiplies, which is as fast
   * without it, and its few queries would wait for the compiler.
   */
  static final Map<String, String> INTERPRETED =
      Map.of(
          "spark.sql.codegen.wholeStage", "false", "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private static final int SHOWN_CHARACTERS = 160;

  @Option(
      names = "--vectors",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "PATH_OR_TABLE",
      description =
          "A vector table that embed wrote, or another Delta table with vectors of a model.")
  String vectors = "";

  @Option(
      names = "--query",
      showDefaultValue = NEVER,
      required = true,
      paramLabel = "TEXT",
      description = "The text to search for; may be repeated.")
  List<String> queries = new ArrayList<>();

  @Option(
      names = "--k",
      paramLabel = "COUNT",
      description = "The number of rows to print per query.")
  int k = 10;

  @Option(
      names = "--group-by",
      paramLabel = "UNIT",
      description =
          "In a table of chunks: document shows each document once, with its best chunk; none shows every chunk.")
  GroupBy groupBy = GroupBy.DOCUMENT;

  @Option(
      names = "--probes",
      paramLabel = "N",
      description =
          "Read only the N lists of the table's index that are nearest to the query; by default, read all rows.")
  @Nullable Integer probes;

  @Option(
      names = "--vector-column",
      paramLabel = "NAME",
      description =
          "The column to search; by default the one that embed wrote, or the only one of type array<float>.")
  @Nullable String vectorColumn;

  @Option(
      names = {"--text-column", "--text-columns"},
      showDefaultValue = NEVER,
      split = ",",
      paramLabel = "NAME",
      description = "The columns of the table to show; by default, the text that was embedded.")
  List<String> textColumns = new ArrayList<>();

  @Mixin CommonOptions common = new CommonOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  /**
   * The result of one query.
   *
   * @param query the text
   * @param hits the rows, best first
   */
  record Found(String query, List<TableSearch.Hit> hits) {}

  @Override
  public Integer call() {
    PositiveNumber.require("k", k);
    if (probes != null) {
      PositiveNumber.require("probes", probes);
    }
    try (Session session = Session.open(common, INTERPRETED, spec.commandLine().getErr())) {
      SearchedColumns columns = new SearchedColumns(vectorColumn, textColumns);
      columns
          .said(new VectorTable(session.spark(), vectors))
          .ifPresent(said -> common.takeFrom(said, session.spark()));
      TableSearch search =
          new TableSearch(
              session.spark(),
              vectors,
              columns,
              common.settings(session.spark()),
              probes,
              spec.commandLine().getErr());
      print(
          queries.stream()
              .map(query -> new Found(query, search.nearest(query, k, groupBy)))
              .toList());
    }
    return 0;
  }

  private void print(List<Found> found) {
    PrintWriter out = spec.commandLine().getOut();
    if (common.json) {
      out.println(Json.of(found));
      return;
    }
    for (Found one : found) {
      out.println(onOneLine(one.query()));
      one.hits()
          .forEach(
              hit ->
                  out.printf(
                      Locale.ROOT,
                      "%4d  %.4f  %s%s  %s%n",
                      hit.rank(),
                      hit.score(),
                      onOneLine(hit.id()),
                      place(hit.chunk()),
                      shown(hit.text())));
      out.println();
    }
    out.flush();
  }

  private static String place(@Nullable ChunkPlace chunk) {
    return chunk == null ? "" : String.format(Locale.ROOT, " [%d-%d]", chunk.start(), chunk.end());
  }

  private static String onOneLine(String text) {
    return text.replaceAll("\\s+", " ");
  }

  private static String shown(@Nullable String text) {
    String line = text == null ? "" : onOneLine(text);
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
