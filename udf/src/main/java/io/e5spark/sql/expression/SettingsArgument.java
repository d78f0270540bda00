package io.e5spark.sql.expression;

import io.e5spark.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import scala.collection.immutable.Seq;

/**
 * The settings of a single call, as a map of strings: {@code e5_embed(text, 'passage',
 * 'e5-small-v2', map('max-tokens', '256'))}. They take precedence over those of the session.
 */
public final class SettingsArgument {
  /** Its position among the arguments, from 0. */
  static final int POSITION = 3;

  private SettingsArgument() {}

  /**
   * The settings of a call.
   *
   * @param session the settings that apply unless the call has its own
   * @throws IllegalArgumentException if the argument is not a map of string literals, or has a key
   *     that is not a setting
   */
  static Settings of(String function, Seq<Expression> arguments, Settings session) {
    if (arguments.size() <= POSITION) {
      return session;
    }
    Map<String, String> values = new LinkedHashMap<>(session.byKey());
    values.putAll(literals(function, "argument " + (POSITION + 1), arguments.apply(POSITION)));
    return Settings.read(values);
  }

  /** The other arguments. */
  static Seq<Expression> without(Seq<Expression> arguments) {
    List<Expression> all = ScalaBridge.list(arguments);
    return ScalaBridge.seq(all.subList(0, Math.min(POSITION, all.size())));
  }

  /**
   * The entries of a map of string literals.
   *
   * @param name what messages call the argument
   * @throws IllegalArgumentException if the argument is something else
   */
  public static Map<String, String> literals(String function, String name, Expression argument) {
    if (!argument.foldable() || !holdsStrings(argument.dataType())) {
      throw new IllegalArgumentException(
          "%s needs a map of string literals as %s, got %s"
              .formatted(function, name, argument.sql()));
    }
    Object value = argument.eval(InternalRow.empty());
    return value == null ? Map.of() : strings((MapData) value);
  }

  /** Whether a type is a map of strings, a map without entries, or the type of null. */
  private static boolean holdsStrings(DataType type) {
    if (!(type instanceof MapType map)) {
      return type instanceof NullType;
    }
    return isStringOrNull(map.keyType()) && isStringOrNull(map.valueType());
  }

  private static boolean isStringOrNull(DataType type) {
    return type instanceof StringType || type instanceof NullType;
  }

  private static Map<String, String> strings(MapData map) {
    ArrayData keys = map.keyArray();
    ArrayData values = map.valueArray();
    Map<String, String> strings = new LinkedHashMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      String key = keys.getUTF8String(i).toString();
      if (values.isNullAt(i)) {
        throw new IllegalArgumentException("Invalid %s: null (must be a string)".formatted(key));
      }
      strings.put(key, values.getUTF8String(i).toString());
    }
    return strings;
  }
}
