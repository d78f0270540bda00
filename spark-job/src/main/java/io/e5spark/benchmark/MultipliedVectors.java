package io.e5spark.benchmark;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.IndexedTable;
import io.e5spark.table.VectorTable;
import io.e5spark.table.WriteMode;
import io.e5spark.vector.BinaryForm;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A vector table that is larger than another and clusters like it: it repeats each vector with
 * normally distributed noise, and all its vectors have norm 1.
 *
 * @param real the other table
 * @param rows the least number of rows of the larger table
 */
record MultipliedVectors(SparkSession spark, IndexedTable real, int rows) {
  /** The approximate norm of the noise; vectors have norm 1. */
  private static final double NOISE = 0.3;

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("embedding", DataTypes.createArrayType(DataTypes.FloatType, false));

  /** Writes the table to a path. */
  void write(String path) {
    Dataset<Row> packed =
        real.rows()
            .select(call_function("e5_pack", real.properties().floats()).as("packed"))
            .where(col("packed").isNotNull());
    int copies = (int) Math.ceil((double) rows / Math.max(1, packed.count()));
    FlatMapFunction<Row, Row> multiply = row -> copies(row.getAs(0), copies);
    Dataset<Row> all =
        packed
            .repartition(spark.sparkContext().defaultParallelism())
            .flatMap(multiply, Encoders.row(SCHEMA));
    TextSource source =
        new TextSource(path, SourceFormat.DELTA, List.of("id"), List.of("text"), List.of());
    new VectorTable(spark, path)
        .write(
            all.withColumn("embedding", real.properties().stored(col("embedding")))
                .withColumnRenamed("embedding", real.properties().vectorColumn()),
            real.properties(),
            source,
            WriteMode.OVERWRITE);
  }

  private static Iterator<Row> copies(byte[] packed, int copies) {
    float[] vector = BinaryForm.PACKED.floats(packed);
    int seed = Arrays.hashCode(packed);
    return IntStream.range(0, copies)
        .mapToObj(copy -> RowFactory.create(seed + "-" + copy, noisy(vector, seed, copy)))
        .iterator();
  }

  private static float[] noisy(float[] vector, int seed, int copy) {
    Random random = new Random(((long) seed << Integer.SIZE) + copy);
    double scale = NOISE / Math.sqrt(vector.length);
    double square = 0;
    float[] noisy = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      noisy[i] = (float) (vector[i] + scale * random.nextGaussian());
      square += noisy[i] * noisy[i];
    }
    for (int i = 0; i < vector.length; i++) {
      noisy[i] /= (float) Math.sqrt(square);
    }
    return noisy;
  }
}
