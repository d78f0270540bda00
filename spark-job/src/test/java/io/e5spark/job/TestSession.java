package io.e5spark.job;

import org.apache.spark.sql.SparkSession;

/** The tests' one Spark session, for other packages. */
public final class TestSession {
  private TestSession() {}

  /** The session. */
  public static SparkSession spark() {
    return Cli.spark();
  }
}
