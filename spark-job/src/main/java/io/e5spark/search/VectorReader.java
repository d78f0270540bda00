package io.e5spark.search;

import io.e5spark.sql.expression.DotProduct;
import io.e5spark.vector.BinaryForm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** How the vectors of documents are read, which stand in the second column of their rows. */
enum VectorReader {
  /** {@code array<float>}. */
  ARRAYS {
    @Override
    boolean isWhole(InternalRow row) {
      return !row.isNullAt(VECTOR) && !DotProduct.hasNull(row.getArray(VECTOR));
    }

    @Override
    @Nullable FloatBuffer read(InternalRow row, int dimension) {
      ArrayData vector = row.getArray(VECTOR);
      return vector.numElements() == dimension ? FloatBuffer.wrap(vector.toFloatArray()) : null;
    }

    @Override
    String unlike(InternalRow row, int dimension) {
      return String.format(
          Locale.ROOT,
          "%d dimensions, the queries' have %d",
          row.getArray(VECTOR).numElements(),
          dimension);
    }
  },
  /** {@code binary}, in the form in which it has the queries' dimension. */
  BINARIES {
    @Override
    boolean isWhole(InternalRow row) {
      return !row.isNullAt(VECTOR);
    }

    @Override
    @Nullable FloatBuffer read(InternalRow row, int dimension) {
      byte[] bytes = row.getBinary(VECTOR);
      BinaryForm form = BinaryForm.of(bytes.length, dimension);
      if (form == BinaryForm.PACKED) {
        // Copied as a whole, not one by one.
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      }
      return form == null ? null : FloatBuffer.wrap(form.floats(bytes));
    }

    @Override
    String unlike(InternalRow row, int dimension) {
      return String.format(
          Locale.ROOT,
          "%d bytes, the queries' have %d dimensions",
          row.getBinary(VECTOR).length,
          dimension);
    }
  };

  private static final int VECTOR = 1;

  static VectorReader of(DataType type) {
    return type.equals(DataTypes.BinaryType) ? BINARIES : ARRAYS;
  }

  /** Whether a row has a vector, without null elements. */
  abstract boolean isWhole(InternalRow row);

  /** A row's vector; null if it has another dimension. */
  abstract @Nullable FloatBuffer read(InternalRow row, int dimension);

  /** How large a vector of another dimension is, in words. */
  abstract String unlike(InternalRow row, int dimension);
}
