package io.e5spark.sql.table;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.SettingsArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import scala.collection.immutable.Seq;

/**
 * The arguments of a call of a table function: arguments by position or by name, and options, which
 * are also named arguments or the entries of a map.
 */
final class Arguments {
  private static final String OPTIONS = "options";

  private final String function;
  private final Map<String, Expression> named;
  private final Map<String, String> options = new LinkedHashMap<>();

  private Arguments(String function, Map<String, Expression> named) {
    this.function = function;
    this.named = named;
  }

  /**
   * The arguments of a call.
   *
   * @param names the names of the arguments by position; a map of options comes after them
   * @throws IllegalArgumentException if there are too many, or one is given twice
   */
  static Arguments of(String function, List<String> names, Seq<Expression> given) {
    Map<String, Expression> byName = new LinkedHashMap<>();
    int position = 0;
    for (Expression argument : ScalaBridge.list(given)) {
      if (argument instanceof NamedArgumentExpression one) {
        put(function, byName, one.key(), one.value());
      } else if (position <= names.size()) {
        put(function, byName, name(names, position++), argument);
      } else {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot call %s: it takes %d arguments at most (%s, %s), got %d",
                function,
                names.size() + 1,
                String.join(", ", names),
                OPTIONS,
                given.size()));
      }
    }
    Arguments arguments = new Arguments(function, byName);
    arguments.readOptions(names);
    return arguments;
  }

  private static String name(List<String> names, int position) {
    return position < names.size() ? names.get(position) : OPTIONS;
  }

  private static void put(
      String function, Map<String, Expression> named, String name, Expression value) {
    String key = name.toLowerCase(Locale.ROOT);
    if (named.put(key, value) != null) {
      throw new IllegalArgumentException(
          "Cannot call %s: argument %s is given twice".formatted(function, key));
    }
  }

  private void readOptions(List<String> names) {
    Expression map = named.remove(OPTIONS);
    if (map != null) {
      SettingsArgument.literals(function, OPTIONS, map)
          .forEach((key, value) -> putOption(key, value));
    }
    for (String name : List.copyOf(named.keySet())) {
      if (!names.contains(name)) {
        putOption(name, Constants.setting(function, name, named.get(name)));
        named.remove(name);
      }
    }
  }

  /** The name as SQL writes it, or as settings write it. */
  private void putOption(String name, String value) {
    String key = name.toLowerCase(Locale.ROOT).replace('_', '-');
    if (options.put(key, value) != null) {
      throw new IllegalArgumentException(
          "Cannot call %s: option %s is given twice".formatted(function, key));
    }
  }

  String function() {
    return function;
  }

  /**
   * A required argument.
   *
   * @throws IllegalArgumentException if it is missing
   */
  Expression required(String name) {
    return optional(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot call %s: argument %s is missing".formatted(function, name)));
  }

  Optional<Expression> optional(String name) {
    return Optional.ofNullable(named.get(name));
  }

  /** An option, which is removed from the rest. */
  Optional<String> option(String name) {
    return Optional.ofNullable(options.remove(name));
  }

  /** The options that were not removed, by key. */
  Map<String, String> options() {
    return Map.copyOf(options);
  }

  /**
   * Checks that all options were removed.
   *
   * @throws IllegalArgumentException if not
   */
  void requireNoMore(List<String> known) {
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid option of %s: %s (must be one of %s)"
              .formatted(
                  function,
                  options.keySet().iterator().next(),
                  String.join(", ", known).replace('-', '_')));
    }
  }
}
