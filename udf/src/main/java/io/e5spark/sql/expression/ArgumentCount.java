package io.e5spark.sql.expression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import scala.jdk.javaapi.CollectionConverters;

/** How many arguments a function takes. */
record ArgumentCount(int fewest, int most) {
  /** Throws Spark's own exception for a call with too few or too many. */
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

  /** Spark's analyzer expects its own exception, which is a checked one to Java. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> RuntimeException unchecked(Exception exception) throws E {
    throw (E) exception;
  }
}
