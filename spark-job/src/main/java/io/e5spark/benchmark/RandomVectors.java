package io.e5spark.benchmark;

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

/** So many directions in space, all equally likely. */
record RandomVectors(int count, int dimension) {
  private static final int FILES_A_THREAD = 4;

  /** Writes them as a Delta table with columns {@code id} and {@code embedding}. */
  Dataset<Row> in(SparkSession spark, Path directory, String prefix) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.StringType)
            .add("embedding", DataTypes.createArrayType(DataTypes.FloatType));
    int components = dimension;
    MapPartitionsFunction<Long, Row> vectors = ids -> rows(ids, prefix, components);
    spark
        .range(0, count, 1, FILES_A_THREAD * spark.sparkContext().defaultParallelism())
        .mapPartitions(vectors, Encoders.row(schema))
        .write()
        .format("delta")
        .save(directory.toString());
    return spark.read().format("delta").load(directory.toString());
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

  /** A vector of norm 1. */
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
