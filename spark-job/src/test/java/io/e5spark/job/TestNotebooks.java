package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The SQL of the notebooks is run, statement by statement. */
class TestNotebooks {
  private static final Path NOTEBOOKS = Path.of("../notebooks");
  private static final Pattern CALL =
      Pattern.compile("spark\\.sql\\((?:\"\"\"(.*?)\"\"\"|\"(.*?)\")\\)", Pattern.DOTALL);

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

  @Test
  void pythonNotebookFindsWhatIsAlike() throws IOException {
    JsonNode notebook = new ObjectMapper().readTree(NOTEBOOKS.resolve("pyspark.ipynb").toFile());
    List<String> statements = new ArrayList<>();
    for (JsonNode cell : notebook.get("cells")) {
      StringBuilder source = new StringBuilder();
      cell.get("source").forEach(line -> source.append(line.asText()));
      Matcher calls = CALL.matcher(source);
      while (calls.find()) {
        statements.add(calls.group(1) == null ? calls.group(2) : calls.group(1));
      }
    }
    List<List<Row>> results = run(statements);
    assertThat(results).hasSize(5);
    Row nearest = results.get(3).get(0);
    assertThat(nearest.getString(0)).contains("sky blue");
    assertThat(nearest.getString(1)).contains("sky red");
  }
}
