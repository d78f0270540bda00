package io.e5spark.sql.table;

import io.e5spark.sql.expression.ScalaBridge;
import io.e5spark.sql.expression.UnevaluableEmbed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/** The values of arguments that must be constants. */
final class Constants {
  private Constants() {}

  /** Whether an argument is a constant text. */
  static boolean isText(Expression argument) {
    return argument.foldable() && argument.dataType() instanceof StringType;
  }

  /** Whether an argument is a constant array of numbers. */
  static boolean isVector(Expression argument) {
    return argument.foldable()
        && argument.dataType() instanceof ArrayType array
        && array.elementType() instanceof NumericType;
  }

  /**
   * A text.
   *
   * @throws IllegalArgumentException if the argument is not a constant text, or is null
   */
  static String text(String function, String name, @Nullable Expression argument) {
    Object value = argument != null && isText(argument) ? value(argument) : null;
    if (value == null) {
      throw wrong(function, name, "a string literal", argument);
    }
    return value.toString();
  }

  /**
   * A text or a number, as text.
   *
   * @throws IllegalArgumentException if the argument is neither, or is null
   */
  static String setting(String function, String name, @Nullable Expression argument) {
    return argument != null && argument.foldable() && argument.dataType() instanceof NumericType
        ? String.valueOf(value(argument))
        : text(function, name, argument);
  }

  /**
   * A number.
   *
   * @throws IllegalArgumentException if the argument is not a constant number, or is null
   */
  static double number(String function, String name, Expression argument) {
    boolean numeric = argument.foldable() && argument.dataType() instanceof NumericType;
    Object value = numeric ? value(argument) : null;
    if (value == null) {
      throw wrong(function, name, "a number", argument);
    }
    return number(value);
  }

  /**
   * A whole number from 1.
   *
   * @throws IllegalArgumentException if the argument is something else
   */
  static int count(String function, String name, Expression argument) {
    double number = number(function, name, argument);
    if (number < 1 || number > Integer.MAX_VALUE || number != Math.rint(number)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid %s: %s (must be a whole number from 1 to %,d)",
              name,
              value(argument),
              Integer.MAX_VALUE));
    }
    return (int) number;
  }

  /**
   * A whole number from 1, given as an option.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static int probes(String option) {
    try {
      int probes = Integer.parseInt(option);
      if (probes > 0) {
        return probes;
      }
    } catch (NumberFormatException e) {
      throw wrongProbes(option, e);
    }
    throw wrongProbes(option, null);
  }

  private static IllegalArgumentException wrongProbes(String option, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "Invalid probes: %s (must be a whole number from 1)".formatted(option), cause);
  }

  /**
   * The components of a vector.
   *
   * @throws IllegalArgumentException if the vector or one of them is null
   */
  static List<Float> vector(String name, Expression argument) {
    DataType element = ((ArrayType) argument.dataType()).elementType();
    ArrayData array = (ArrayData) value(argument);
    List<Float> vector = new ArrayList<>();
    for (int i = 0; array != null && i < array.numElements(); i++) {
      vector.add(array.isNullAt(i) ? Float.NaN : (float) number(array.get(i, element)));
    }
    if (vector.isEmpty() || !vector.stream().allMatch(Float::isFinite)) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be a vector of numbers)".formatted(name, argument.sql()));
    }
    return List.copyOf(vector);
  }

  private static double number(Object value) {
    return value instanceof Decimal decimal ? decimal.toDouble() : ((Number) value).doubleValue();
  }

  private static @Nullable Object value(Expression argument) {
    return argument.transform(ScalaBridge.rewrite(Constants::evaluable)).eval(InternalRow.empty());
  }

  private static Expression evaluable(Expression expression) {
    return expression instanceof UnevaluableEmbed marked ? marked.unmarked() : expression;
  }

  private static IllegalArgumentException wrong(
      String function, String name, String wanted, @Nullable Expression argument) {
    return new IllegalArgumentException(
        "Invalid %s: %s (%s needs %s)"
            .formatted(name, argument == null ? "none" : argument.sql(), function, wanted));
  }
}
