package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.SqlFunction;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;

/** The functions in a session that runs already. */
public final class SessionFunctions {
  private SessionFunctions() {}

  /** Whether a session has the functions. */
  public static boolean areIn(SparkSession session) {
    return SqlFunction.all().stream()
        .allMatch(
            function ->
                session
                    .sessionState()
                    .functionRegistry()
                    .functionExists(new FunctionIdentifier(function.sqlName())));
  }

  /**
   * Registers the functions and their operator, as temporary functions of the session; done twice,
   * it is done once.
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
}
