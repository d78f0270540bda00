package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.col;

import io.e5spark.table.VectorType;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Random;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Delta tables of random vectors of norm 1 in all directions with equal probability, with the
 * columns {@code id} and {@code embedding}.
 *
 * @param count the number of vectors
 * @param work the directory for the tables
 */
record RandomVectors(SparkSession spark, int count, int dimension, Path work) {
  /** The column with the vectors. */
  static final String VECTOR = "embedding";

  private static final int FILES_A_THREAD = 4;
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add(VECTOR, DataTypes.createArrayType(DataTypes.FloatType));

  /** The vectors as {@code array<float>}. */
  Dataset<Row> floats() {
    return floats("float", "document-");
  }

  /**
   * The vectors as {@code array<float>}, in a named table.
   *
   * @param name the name of the table in its directory
   * @param prefix the prefix of the ids
   */
  Dataset<Row> floats(String name, String prefix) {
    int components = dimension;
    MapPartitionsFunction<Long, Row> vectors = ids -> rows(ids, prefix, components);
    int files = FILES_A_THREAD * spark.sparkContext().defaultParallelism();
    return written(
        spark.range(0, count, 1, files).mapPartitions(vectors, Encoders.row(SCHEMA)), name);
  }

  /** The same vectors in another type. */
  Dataset<Row> stored(Dataset<Row> floats, VectorType type) {
    return written(floats.withColumn(VECTOR, type.stored(col(VECTOR), dimension)), type.toString());
  }

  private Dataset<Row> written(Dataset<Row> rows, String name) {
    String path = work.resolve(name).toString();
    rows.write().format("delta").save(path);
    return spark.read().format("delta").load(path);
  }

  private static Iterator<Row> rows(Iterator<Long> ids, String prefix, int dimension) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ids.hasNext();
      }

      @Override
      public Row next() {
        long id = ids.next();
        return RowFactory.create(prefix + id, vector(new Random(id), dimension));
      }
    };
  }

  /** A direction in space. */
  static float[] vector(Random random, int dimension) {
    float[] vector = new float[dimension];
    double square = 0;
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
      square += vector[i] * vector[i];
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(square);
    }
    return vector;
  }
}
