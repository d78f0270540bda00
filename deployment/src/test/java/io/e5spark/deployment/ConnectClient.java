package io.e5spark.deployment;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;

/**
 * A client of Spark Connect, in a process without e5-spark. It prints the results of its queries.
 */
public final class ConnectClient {
  private ConnectClient() {}

  /**
   * Runs queries that return one column. The arguments are the server's address and the queries.
   */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .config("spark.api.mode", "connect")
            .remote(arguments[0])
            .getOrCreate();
    for (String query : List.of(arguments).subList(1, arguments.length)) {
      for (Row row : spark.sql(query).collectAsList()) {
        boolean isVector = row.schema().fields()[0].dataType() instanceof ArrayType;
        System.out.println(isVector ? row.getList(0) : row.get(0));
      }
    }
    spark.stop();
  }
}
