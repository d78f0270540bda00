package io.e5spark.platform;

import java.util.Arrays;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;

/** The types whose values Spark can compare for equality. */
public final class ComparableType {
  /** Recognized by its name, because Spark 3 lacks the class. */
  private static final String VARIANT = "variant";

  private ComparableType() {}

  /**
   * Whether the values of a type can be compared: it is neither a map nor a variant, and contains
   * none.
   */
  public static boolean is(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).map(StructField::dataType).allMatch(ComparableType::is);
    }
    if (type instanceof ArrayType array) {
      return is(array.elementType());
    }
    if (type instanceof UserDefinedType<?> defined) {
      return is(defined.sqlType());
    }
    return !(type instanceof MapType) && !type.typeName().equals(VARIANT);
  }
}
