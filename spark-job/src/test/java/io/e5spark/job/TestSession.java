package io.e5spark.job;

import org.apache.spark.sql.SparkSession;

/** Gives tests of other packages the one Spark session of the tests. */
public final class TestSession {
  private TestSession() {}

  /** Returns the session. */
  public static SparkSession spark() {
    return Cli.spark();
  }
}
