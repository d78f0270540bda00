package io.e5spark.sql.expression;

import io.e5spark.vector.VectorEncoding;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Stored vectors as floats, whatever they are stored as: the one place where a search reads them.
 * Whole numbers and signs become components of the vector that they stand for.
 */
public final class VectorReader implements Serializable {
  private final DataType type;
  private final VectorForm form;

  private VectorReader(DataType type, VectorForm form) {
    this.type = type;
    this.form = form;
  }

  /**
   * The reader of a column of this type.
   *
   * @throws IllegalArgumentException if it holds no vectors
   */
  public static VectorReader of(DataType type) {
    VectorForm form = VectorForm.of(type);
    if (form == null || type.equals(DataTypes.NullType)) {
      throw new IllegalArgumentException(
          "Cannot read vectors of type %s (must be array<float>, array<tinyint> or binary)"
              .formatted(type.sql()));
    }
    return new VectorReader(type, form);
  }

  /** A row's vector; null where it is null or has a null element. */
  public float @Nullable [] read(InternalRow row, int ordinal) {
    if (row.isNullAt(ordinal)) {
      return null;
    }
    Object value = row.get(ordinal, type);
    if (value instanceof ArrayData array && DotProduct.hasNull(array)) {
      return null;
    }
    float[] floats = form.toFloats(value);
    return form == VectorForm.BYTES ? scaled(floats) : floats;
  }

  private static float[] scaled(float[] whole) {
    float scale = (float) VectorEncoding.int8Scale(whole.length);
    for (int i = 0; i < whole.length; i++) {
      whole[i] *= scale;
    }
    return whole;
  }
}
