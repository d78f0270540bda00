package io.e5spark.table;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.udf;

import io.e5spark.vector.BinaryForm;
import io.e5spark.vector.Int8Vector;
import io.e5spark.vector.VectorEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** How a table stores vectors. */
public enum VectorType {
  /** {@code array<float>}: as the model gave them. */
  FLOAT(VectorEncoding.FLOAT_BYTES, 1e-3) {
    @Override
    public Column stored(Column vector, int dimension) {
      return vector;
    }

    @Override
    Column floats(Column stored, int dimension) {
      return stored;
    }
  },
  /**
   * {@code array<tinyint>}: components divided by {@link #scale} and rounded. A component beyond
   * 127 is clipped; it is at least six times as large as the root mean square of all components.
   */
  INT8(VectorEncoding.INT8_BYTES, 0.1) {
    @Override
    public Column stored(Column vector, int dimension) {
      double scale = scale(dimension);
      UDF1<@Nullable Seq<Float>, @Nullable List<Byte>> round =
          values -> Int8Vector.of(values, scale);
      return udf(round, DataTypes.createArrayType(DataTypes.ByteType, false)).apply(vector);
    }

    @Override
    Column floats(Column stored, int dimension) {
      float scale = (float) scale(dimension);
      UDF1<@Nullable Seq<Byte>, @Nullable List<Float>> multiply =
          values -> Int8Vector.floats(values, scale);
      return udf(multiply, DataTypes.createArrayType(DataTypes.FloatType, false)).apply(stored);
    }

    @Override
    public double scale(int dimension) {
      return VectorEncoding.int8Scale(dimension);
    }
  },
  /**
   * {@code binary}: one bit per component, the lowest first, which is set if the component is not
   * negative.
   */
  BINARY(BinaryForm.BINARY, 1e-3),
  /** {@code binary}: the floats as the model gave them, little-endian. */
  PACKED(BinaryForm.PACKED, 1e-3),
  /** {@code binary}: the floats rounded to 16 bits (IEEE 754 binary16), little-endian. */
  HALF(BinaryForm.HALF, 2e-3);

  private final double bytes;
  private final double normTolerance;
  private final @Nullable BinaryForm form;

  VectorType(double bytes, double normTolerance) {
    this.bytes = bytes;
    this.normTolerance = normTolerance;
    this.form = null;
  }

  VectorType(BinaryForm form, double normTolerance) {
    this.bytes = (double) form.bits() / Byte.SIZE;
    this.normTolerance = normTolerance;
    this.form = form;
  }

  /** The type whose values are binary in this form. */
  public static VectorType of(BinaryForm form) {
    return Arrays.stream(values()).filter(type -> type.form == form).findFirst().orElseThrow();
  }

  /**
   * A column of this type from a column of {@code array<float>}; null for null. The session needs
   * the SQL functions.
   */
  public Column stored(Column vector, int dimension) {
    return call_function("e5_pack", vector, lit(toString()));
  }

  /**
   * The column of {@code array<float>} that is nearest to the stored one; null for null. The
   * session needs the SQL functions.
   */
  Column floats(Column stored, int dimension) {
    return call_function("e5_unpack", stored, lit(toString()));
  }

  /** The form of its binary values; empty if its values are arrays. */
  public Optional<BinaryForm> form() {
    return Optional.ofNullable(form);
  }

  /** The factor that turns scores of stored vectors into those of the vectors. */
  public double scale(int dimension) {
    return 1;
  }

  /** The number of components of each vector. */
  Column dimension(Column stored) {
    return form == null
        ? size(stored)
        : octet_length(stored).multiply(Byte.SIZE).divide(form.bits());
  }

  /** The norm of each vector. */
  Column norm(Column stored, int dimension) {
    if (form != null) {
      BinaryForm binary = form;
      UDF1<byte @Nullable [], @Nullable Double> norm =
          vector -> vector == null ? null : (Double) binary.norm(vector);
      return udf(norm, DataTypes.DoubleType).apply(stored);
    }
    Column squares =
        aggregate(
            stored,
            lit(0.0),
            (sum, component) ->
                sum.plus(component.cast("double").multiply(component.cast("double"))));
    return sqrt(squares).multiply(scale(dimension));
  }

  /** The bytes of a component. */
  double bytes() {
    return bytes;
  }

  /** The column of Parquet whose values hardly ever repeat, if there is one. */
  Optional<String> unrepeatedValues(String column) {
    return switch (this) {
      case FLOAT -> Optional.of(column + ".list.element");
      case INT8 -> Optional.empty();
      case BINARY, PACKED, HALF -> Optional.of(column);
    };
  }

  /** How far a norm may be from 1. */
  double normTolerance() {
    return normTolerance;
  }

  /**
   * Checks that vectors with these properties can be stored in this way.
   *
   * @throws IllegalArgumentException if not
   */
  public void require(int dimension, boolean normalized) {
    if (this != FLOAT && this != PACKED && !normalized) {
      throw new IllegalArgumentException(
          "Invalid vector-type: %s (must go with --set normalize=true, because it needs vectors of norm 1)"
              .formatted(this));
    }
    if (this == BINARY && dimension % Byte.SIZE != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Invalid vector-type: binary (the dimension %d is not a multiple of 8)",
              dimension));
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
