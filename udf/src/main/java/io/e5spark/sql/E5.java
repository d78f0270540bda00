package io.e5spark.sql;

import static org.apache.spark.sql.functions.col;

import io.e5spark.config.InputType;
import io.e5spark.sql.catalyst.InstallExtraction;
import io.e5spark.sql.catalyst.OperatorSupport;
import io.e5spark.sql.catalyst.SqlFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The functions for a session that runs already, and for people without SQL. */
public final class E5 {
  private E5() {}

  /**
   * Registers the functions and their batched operator in a session that was started without {@link
   * E5Extensions}; in notebooks, say. They are temporary functions of that session.
   */
  public static void install(SparkSession session) {
    OperatorSupport batching = OperatorSupport.tried();
    for (SqlFunction function : SqlFunction.all()) {
      session
          .sessionState()
          .functionRegistry()
          .createOrReplaceTempFunction(function.sqlName(), batching.builder(function), "java_udf");
    }
    if (batching.works()) {
      InstallExtraction.strategyInto(session);
      InstallExtraction.into(session);
    }
  }

  /** Adds the vectors of a text column as a new column. */
  public static Dataset<Row> embed(
      Dataset<Row> rows, String textColumn, String vectorColumn, InputType type) {
    return rows.withColumn(vectorColumn, E5Functions.embed(col(textColumn), type));
  }
}
