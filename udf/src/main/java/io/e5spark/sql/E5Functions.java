package io.e5spark.sql;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.config.InputType;
import org.apache.spark.sql.Column;

/** The SQL functions for Java and Scala; the session needs {@link E5Extensions}. */
public final class E5Functions {
  private E5Functions() {}

  /** {@code e5_embed}: the vector of a text column. */
  public static Column embed(Column text, InputType type) {
    return call_function("e5_embed", text, lit(type.label()));
  }

  /** {@code try_e5_embed}: vector, token count, truncation and error of a text column. */
  public static Column tryEmbed(Column text, InputType type) {
    return call_function("try_e5_embed", text, lit(type.label()));
  }

  /** {@code e5_similarity}: the dot product of two vector columns. */
  public static Column similarity(Column a, Column b) {
    return call_function("e5_similarity", a, b);
  }

  /** {@code e5_tokens}: tokens of a text column before texts are cut. */
  public static Column tokens(Column text) {
    return call_function("e5_tokens", text);
  }
}
