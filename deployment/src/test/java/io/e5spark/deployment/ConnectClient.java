package io.e5spark.deployment;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A client of Spark Connect, in a process without e5-spark; prints the vectors of its texts. */
public final class ConnectClient {
  private ConnectClient() {}

  /** Takes the server's address and a query that gives vectors. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .config("spark.api.mode", "connect")
            .remote(arguments[0])
            .getOrCreate();
    for (Row row : spark.sql(arguments[1]).collectAsList()) {
      List<Float> vector = row.getList(0);
      System.out.println(vector);
    }
    spark.stop();
  }
}
