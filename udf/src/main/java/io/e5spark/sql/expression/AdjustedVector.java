package io.e5spark.sql.expression;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The vector of an array as another {@code array<float>}, whose dot product gives the requested
 * ranking.
 */
public final class AdjustedVector extends Expression implements CodegenFallback, Serializable {
  /** What happens to a vector. */
  public enum Adjustment {
    /** Divides it by its norm; null for a vector of norm 0, which has no direction. */
    UNIT {
      @Override
      float @Nullable [] of(float[] vector) {
        double squares = 0;
        for (float component : vector) {
          squares += (double) component * component;
        }
        return squares == 0 ? null : times(vector, 1 / Math.sqrt(squares));
      }
    },
    /** Changes its sign, so that the farthest vector becomes the nearest. */
    OPPOSITE {
      @Override
      float[] of(float[] vector) {
        return times(vector, -1);
      }
    };

    abstract float @Nullable [] of(float[] vector);

    private static float[] times(float[] vector, double factor) {
      float[] product = new float[vector.length];
      for (int i = 0; i < product.length; i++) {
        product[i] = (float) (vector[i] * factor);
      }
      return product;
    }
  }

  private final Expression vector;
  private final Adjustment adjustment;

  /**
   * An adjusted vector.
   *
   * @param vector {@code array<float>} or {@code array<tinyint>}
   */
  public AdjustedVector(Expression vector, Adjustment adjustment) {
    this.vector = vector;
    this.adjustment = adjustment;
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    Object value = vector.eval(row);
    float[] floats = value == null ? null : VectorReader.of(vector.dataType(), 0).read(value);
    float[] adjusted = floats == null ? null : adjustment.of(floats);
    return adjusted == null ? null : UnsafeArrayData.fromPrimitiveArray(adjusted);
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public DataType dataType() {
    return DataTypes.createArrayType(DataTypes.FloatType, false);
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public boolean foldable() {
    return vector.foldable();
  }

  @Override
  public Seq<Expression> children() {
    return ScalaBridge.seq(vector);
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new AdjustedVector(children.head(), adjustment);
  }

  @Override
  public String prettyName() {
    return "vector_" + adjustment.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> vector;
      case 1 -> adjustment;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AdjustedVector;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AdjustedVector that
        && vector.equals(that.vector)
        && adjustment == that.adjustment;
  }

  @Override
  public int hashCode() {
    return Objects.hash(vector, adjustment);
  }
}
