package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Runs the SQL of the notebook for Databricks, statement by statement. */
class TestNotebooks {
  private static final Path NOTEBOOKS = Path.of("../notebooks");

  private static List<List<Row>> run(List<String> statements) {
    List<List<Row>> results = new ArrayList<>();
    statements.forEach(statement -> results.add(Cli.spark().sql(statement).collectAsList()));
    return results;
  }

  @Test
  void sqlNotebookFindsWhatIsMeant() throws IOException {
    String notebook = Files.readString(NOTEBOOKS.resolve("embed-and-search.sql"));
    List<String> statements = new ArrayList<>();
    for (String cell : notebook.split("-- COMMAND ----------", -1)) {
      String sql = cell.replaceAll("(?m)^--.*$", "").strip().replaceAll(";$", "");
      if (!sql.isEmpty()) {
        statements.add(sql);
      }
    }
    List<List<Row>> results = run(statements);
    assertThat(results).hasSize(6);
    assertThat(results.get(2)).extracting(row -> row.getInt(0)).startsWith(1);
    assertThat(results.get(4)).hasSize(5).allMatch(row -> row.getInt(2) == 384);
  }
}
