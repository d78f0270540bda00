package io.e5spark.sql;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;

import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.sql.catalyst.SessionFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * The SQL functions for Java and Scala. The session needs {@link E5Extensions} or {@link #install}.
 * Settings come from the session, or with the call: then they travel inside its expression,
 * whatever the session says.
 */
public final class E5Functions {
  private E5Functions() {}

  /**
   * Registers the functions and their batched operator in a session that was started without {@link
   * E5Extensions}, for example in a notebook. They are temporary functions of that session.
   */
  public static void install(SparkSession session) {
    SessionFunctions.install(session);
  }

  /** Whether a session has the functions. */
  public static boolean areIn(SparkSession session) {
    return SessionFunctions.areIn(session);
  }

  /** {@code e5_embed}: the vector of a text column. */
  public static Column embed(Column text, InputType type) {
    return call_function("e5_embed", text, lit(type.label()));
  }

  /** {@code e5_embed} with these settings. */
  public static Column embed(Column text, InputType type, Settings settings) {
    return call("e5_embed", text, type, settings);
  }

  /** {@code try_e5_embed}: vector, token count, truncation and error of a text column. */
  public static Column tryEmbed(Column text, InputType type) {
    return call_function("try_e5_embed", text, lit(type.label()));
  }

  /** {@code try_e5_embed} with these settings. */
  public static Column tryEmbed(Column text, InputType type, Settings settings) {
    return call("try_e5_embed", text, type, settings);
  }

  /** {@code e5_similarity}: the dot product of two vector columns. */
  public static Column similarity(Column a, Column b) {
    return call_function("e5_similarity", a, b);
  }

  /**
   * {@code e5_pack}: a vector column of type {@code array<float>} as binary, with four bytes per
   * component.
   */
  public static Column pack(Column vector) {
    return call_function("e5_pack", vector);
  }

  /** {@code e5_unpack}: a binary column that {@code e5_pack} made, as {@code array<float>}. */
  public static Column unpack(Column vector) {
    return call_function("e5_unpack", vector);
  }

  /** {@code e5_tokens}: the number of tokens of a text column before truncation. */
  public static Column tokens(Column text) {
    return call_function("e5_tokens", text);
  }

  /** {@code e5_tokens} with these settings. */
  public static Column tokens(Column text, InputType type, Settings settings) {
    return call("e5_tokens", text, type, settings);
  }

  /** {@code e5_chunks}: the chunks of a text column. */
  public static Column chunks(Column text, Chunking chunking) {
    return call_function("e5_chunks", text, lit(chunking.tokens()), lit(chunking.overlap()));
  }

  /** {@code e5_chunks} with these settings. */
  public static Column chunks(
      Column text, Chunking chunking, Column title, InputType type, Settings settings) {
    return call_function(
        "e5_chunks",
        text,
        lit(chunking.tokens()),
        lit(chunking.overlap()),
        lit(settings.loading().model()),
        title,
        values(settings),
        lit(type.label()));
  }

  private static Column call(String function, Column text, InputType type, Settings settings) {
    return call_function(
        function, text, lit(type.label()), lit(settings.loading().model()), values(settings));
  }

  private static Column values(Settings settings) {
    List<Column> values = new ArrayList<>();
    settings
        .byKey()
        .forEach(
            (key, value) -> {
              values.add(lit(key));
              values.add(lit(value));
            });
    return map(values.toArray(Column[]::new));
  }
}
