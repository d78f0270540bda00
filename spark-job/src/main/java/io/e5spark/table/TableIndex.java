package io.e5spark.table;

import static org.apache.spark.sql.functions.udf;

import io.e5spark.lists.Centroids;
import io.e5spark.lists.StatedIndex;
import io.e5spark.platform.ColumnName;
import io.e5spark.vector.BinaryForm;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/**
 * The index of a vector table, which gives each row the list of its vector. No search finds a row
 * without a vector, so it may be in any list; it is in the first.
 */
record TableIndex(StatedIndex stated, Centroids centroids) {

  /** The rows with their lists. */
  Dataset<Row> assigned(Dataset<Row> rows, VectorProperties properties) {
    Column vector = ColumnName.column(properties.vectorColumn());
    return rows.withColumn(stated.column(), list(properties).apply(vector));
  }

  /** The number of the list of a stored vector. */
  UserDefinedFunction list(VectorProperties properties) {
    BinaryForm form = properties.vectorType().form().orElse(null);
    int first = stated.first();
    Centroids lists = centroids;
    if (form != null) {
      UDF1<byte @Nullable [], Integer> ofBytes =
          vector -> vector == null ? first : first + lists.nearest(form.floats(vector));
      return udf(ofBytes, DataTypes.IntegerType);
    }
    UDF1<@Nullable Seq<? extends Number>, Integer> ofArray =
        vector -> vector == null ? first : first + lists.nearest(floats(vector));
    return udf(ofArray, DataTypes.IntegerType);
  }

  /** Whole numbers are multiples of components, so they have the same nearest centroid. */
  private static float[] floats(Seq<? extends Number> vector) {
    float[] floats = new float[vector.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = vector.apply(i).floatValue();
    }
    return floats;
  }
}
