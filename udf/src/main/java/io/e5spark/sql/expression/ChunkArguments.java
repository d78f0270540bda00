package io.e5spark.sql.expression;

import io.e5spark.chunk.Chunking;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;

/** The arguments of {@code e5_chunks}, by position or by name; a null counts as missing. */
final class ChunkArguments {
  private static final String FUNCTION = "e5_chunks";
  private static final String SETTINGS = "settings";
  private static final List<String> NAMES =
      List.of("text", "tokens", "overlap", "model", "title", SETTINGS, "input_type");

  private final Map<String, Expression> named = new LinkedHashMap<>();

  /**
   * The arguments of a call.
   *
   * @throws IllegalArgumentException if one of them is unknown, missing or given twice
   */
  ChunkArguments(Seq<Expression> given) {
    int position = 0;
    for (Expression argument : ScalaBridge.list(given)) {
      if (argument instanceof NamedArgumentExpression one) {
        put(one.key().toLowerCase(Locale.ROOT), one.value());
      } else {
        put(NAMES.get(position++), argument);
      }
    }
    if (!named.containsKey(NAMES.get(0))) {
      throw new IllegalArgumentException("Cannot call e5_chunks: argument text is missing");
    }
  }

  private void put(String name, Expression value) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "Invalid argument of e5_chunks: %s (must be one of %s)"
              .formatted(name, String.join(", ", NAMES)));
    }
    if (named.put(name, value) != null) {
      throw new IllegalArgumentException(
          "Cannot call e5_chunks: argument %s is given twice".formatted(name));
    }
  }

  /**
   * The call.
   *
   * @param session the settings that apply unless the call has its own
   * @throws IllegalArgumentException if an argument other than text and title is not a literal of
   *     its type, or is out of range
   */
  E5Chunks call(Settings session) {
    List<Expression> texts = new ArrayList<>(List.of(Objects.requireNonNull(named.get("text"))));
    Optional.ofNullable(named.get("title")).ifPresent(texts::add);
    Settings settings = settings(session);
    return new E5Chunks(ScalaBridge.seq(texts), chunking(settings), settings, type());
  }

  private Chunking chunking(Settings settings) {
    int longest = settings.vectors().maxTokens();
    // A model that reads too few tokens for chunks is rejected when it is known.
    int usual =
        longest < Chunking.FEWEST_TOKENS
            ? Chunking.USUAL_TOKENS
            : Math.min(longest, Chunking.USUAL_TOKENS);
    int tokens = number("tokens").orElse(usual);
    return number("overlap")
        .map(overlap -> new Chunking(tokens, overlap))
        .orElseGet(() -> Chunking.of(tokens));
  }

  private InputType type() {
    return text("input_type").map(InputType::of).orElse(InputType.PASSAGE);
  }

  private Settings settings(Settings session) {
    Expression map = named.get(SETTINGS);
    Map<String, String> values = new LinkedHashMap<>(session.byKey());
    if (map != null) {
      values.putAll(SettingsArgument.literals(FUNCTION, SETTINGS, map));
    }
    text("model").ifPresent(model -> values.put("model", model));
    return Settings.read(values);
  }

  private Optional<String> text(String name) {
    return literal(name, StringType.class, "a string literal").map(Object::toString);
  }

  private Optional<Integer> number(String name) {
    return literal(name, IntegralType.class, "a whole number")
        .map(value -> tokens(name, ((Number) value).longValue()));
  }

  private static int tokens(String name, long value) {
    if (value != (int) value) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid argument of e5_chunks: %s => %d (must be at most %d)",
              name,
              value,
              Chunking.MOST_TOKENS));
    }
    return (int) value;
  }

  private Optional<Object> literal(String name, Class<?> wanted, String description) {
    Expression argument = named.get(name);
    return Optional.ofNullable(
        argument == null ? null : value(name, argument, wanted, description));
  }

  private static @Nullable Object value(
      String name, Expression argument, Class<?> wanted, String description) {
    DataType type = argument.dataType();
    boolean fits = wanted.isInstance(type) || type instanceof NullType;
    if (!argument.foldable() || !fits) {
      throw new IllegalArgumentException(
          "e5_chunks needs %s as %s, got %s".formatted(description, name, argument.sql()));
    }
    return argument.eval(InternalRow.empty());
  }
}
