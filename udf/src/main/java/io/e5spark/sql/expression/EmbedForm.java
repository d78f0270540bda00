package io.e5spark.sql.expression;

import io.e5spark.embed.Embedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The input and the result of a call, as values of Catalyst. */
public enum EmbedForm {
  /** {@code string -> array<float>}. */
  VECTOR {
    @Override
    public DataType dataType() {
      return VECTOR_TYPE;
    }

    @Override
    public @Nullable List<@Nullable String> texts(@Nullable Object input) {
      return Collections.singletonList(input == null ? null : input.toString());
    }

    @Override
    public @Nullable Object value(List<@Nullable Embedding> embeddings) {
      return vector(embeddings.get(0));
    }
  },
  /** {@code string -> struct<embedding, tokens, truncated, error>}; null only for null. */
  OUTCOME {
    @Override
    public DataType dataType() {
      return OUTCOME_TYPE;
    }

    @Override
    public @Nullable List<@Nullable String> texts(@Nullable Object input) {
      return VECTOR.texts(input);
    }

    @Override
    public @Nullable Object value(List<@Nullable Embedding> embeddings) {
      Embedding embedding = embeddings.get(0);
      if (embedding == null) {
        return null;
      }
      return new GenericInternalRow(
          new Object[] {
            vector(embedding),
            embedding.tokens(),
            embedding.truncated(),
            UTF8String.fromString(embedding.error())
          });
    }
  },
  /** {@code array<string> -> array<array<float>>}, null for null, element by element. */
  VECTORS {
    @Override
    public DataType dataType() {
      return new ArrayType(VECTOR_TYPE, true);
    }

    @Override
    public @Nullable List<@Nullable String> texts(@Nullable Object input) {
      if (!(input instanceof ArrayData array)) {
        return null;
      }
      List<@Nullable String> texts = new ArrayList<>();
      for (int i = 0; i < array.numElements(); i++) {
        texts.add(array.isNullAt(i) ? null : array.getUTF8String(i).toString());
      }
      return texts;
    }

    @Override
    public @Nullable Object value(List<@Nullable Embedding> embeddings) {
      return new GenericArrayData(embeddings.stream().map(EmbedForm::vector).toArray());
    }
  };

  public static final DataType VECTOR_TYPE = DataTypes.createArrayType(DataTypes.FloatType, false);
  private static final StructType OUTCOME_TYPE =
      new StructType()
          .add("embedding", VECTOR_TYPE)
          .add("tokens", DataTypes.IntegerType)
          .add("truncated", DataTypes.BooleanType)
          .add("error", DataTypes.StringType);

  /** The type of the result. */
  public abstract DataType dataType();

  /** The texts of one input value; null if the call gives null whatever their embeddings are. */
  public abstract @Nullable List<@Nullable String> texts(@Nullable Object input);

  /** The result for that input, from the embeddings of its texts. */
  public abstract @Nullable Object value(List<@Nullable Embedding> embeddings);

  private static @Nullable ArrayData vector(@Nullable Embedding embedding) {
    float[] vector = embedding == null ? null : embedding.vector();
    return vector == null ? null : UnsafeArrayData.fromPrimitiveArray(vector);
  }
}
