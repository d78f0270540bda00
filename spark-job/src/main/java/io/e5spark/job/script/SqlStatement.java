package io.e5spark.job.script;

import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One statement of SQL.
 *
 * @param text the statement, without a semicolon at its end
 */
public record SqlStatement(String text) {
  private static final String MEMORY = "in-memory";
  private static final String PATH = "delta.`/data/vectors`";

  /**
   * Runs the statement.
   *
   * @throws IllegalArgumentException with what to write instead, if Spark rejects a table and does
   *     not say so itself
   */
  public Dataset<Row> rows(SparkSession spark) {
    try {
      return spark.sql(text);
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      String problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
      Optional<String> advice =
          e instanceof AnalysisException ? advice(spark, problem) : Optional.empty();
      if (advice.isEmpty()) {
        throw e;
      }
      throw new IllegalArgumentException(
          "Cannot run SQL: %s (%s)".formatted(problem, advice.get()), e);
    }
  }

  private static Optional<String> advice(SparkSession spark, String problem) {
    if (problem.startsWith("[UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY]")) {
      return Optional.of(
          "Spark needs the absolute path of a Delta table, such as %s".formatted(PATH));
    }
    if (!spark.conf().get("spark.sql.catalogImplementation", MEMORY).equals(MEMORY)) {
      return Optional.empty();
    }
    if (problem.startsWith("[TABLE_OR_VIEW_NOT_FOUND]")) {
      return Optional.of(
          "the catalog is kept in memory, so it has no tables of earlier commands; name a path, such as %s"
              .formatted(PATH));
    }
    return problem.startsWith("[DELTA_CREATE_TABLE_WITH_NON_EMPTY_LOCATION]")
        ? Optional.of(
            "an earlier command may have made it in a catalog that was kept in memory; delete the directory, or name a path, such as %s"
                .formatted(PATH))
        : Optional.empty();
  }
}
