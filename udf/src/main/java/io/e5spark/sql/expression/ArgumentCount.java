package io.e5spark.sql.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import scala.jdk.javaapi.CollectionConverters;

/** The number of arguments that a function takes. */
record ArgumentCount(int fewest, int most) {
  /** Throws Spark's own exception for a call with too few or too many arguments. */
  void require(String function, int given) {
    if (given < fewest || given > most) {
      throw wrong(function, given);
    }
  }

  private RuntimeException wrong(String function, int given) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("functionName", "`" + function + "`");
    parameters.put("expectedNum", fewest == most ? "" + fewest : fewest + " to " + most);
    parameters.put("actualNum", Integer.toString(given));
    parameters.put("docroot", "https://spark.apache.org/docs/latest");
    return unchecked(
        new AnalysisException(
            "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
            scala.collection.immutable.Map.from(CollectionConverters.asScala(parameters))));
  }

  /**
   * Throws Spark's own exception, which the analyzer expects and which Java regards as a checked
   * one.
   */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException unchecked(Exception exception) throws E {
    throw (E) exception;
  }
}
