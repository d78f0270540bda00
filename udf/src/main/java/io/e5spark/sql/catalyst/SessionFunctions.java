package io.e5spark.sql.catalyst;

import io.e5spark.sql.expression.SqlFunction;
import io.e5spark.sql.node.BatchEmbedStrategy;
import io.e5spark.sql.node.VectorJoinStrategy;
import io.e5spark.sql.table.PruneJoin;
import io.e5spark.sql.table.TableFunction;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.internal.SessionState;

/** The functions in a running session. */
public final class SessionFunctions {
  private SessionFunctions() {}

  /** Whether a session has the functions. */
  public static boolean areIn(SparkSession session) {
    SessionState state = session.sessionState();
    return SqlFunction.all().stream()
            .map(function -> new FunctionIdentifier(function.sqlName()))
            .allMatch(state.functionRegistry()::functionExists)
        && Stream.of(TableFunction.values())
            .map(function -> new FunctionIdentifier(function.sqlName()))
            .allMatch(state.tableFunctionRegistry()::functionExists);
  }

  /**
   * Registers the functions and their operator as temporary functions of the session; a second call
   * changes nothing.
   */
  public static void install(SparkSession session) {
    OperatorSupport batching = OperatorSupport.tried();
    for (SqlFunction function : SqlFunction.all()) {
      session
          .sessionState()
          .functionRegistry()
          .createOrReplaceTempFunction(function.sqlName(), batching.builder(function), "java_udf");
    }
    for (TableFunction function : TableFunction.values()) {
      session
          .sessionState()
          .tableFunctionRegistry()
          .createOrReplaceTempFunction(function.sqlName(), function.builder(), "java_udf");
    }
    InstallExtraction.strategyInto(session, new VectorJoinStrategy());
    InstallExtraction.rulesInto(session, List.of(new PruneJoin()));
    if (batching.works()) {
      InstallExtraction.strategyInto(session, new BatchEmbedStrategy());
      InstallExtraction.into(session);
    }
  }
}
