package io.e5spark.sql;

import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.embed.EmbeddingIterator;
import io.e5spark.embed.EmbeddingListener;
import io.e5spark.embed.InputType;
import io.e5spark.embed.SharedEmbedders;
import io.e5spark.embed.WindowEmbedder;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Embeds a column of a dataset, in the tasks that hold its partitions. */
public final class DatasetEmbedder {
  private final EmbedderPlan plan;
  private final InputType type;

  /** For texts of one type. */
  public DatasetEmbedder(EmbedderPlan plan, InputType type) {
    this.plan = plan;
    this.type = type;
  }

  /**
   * Looks at the model that the settings name; on the driver.
   *
   * @throws IllegalArgumentException if it is no E5 model
   */
  public static EmbedderPlan plan(Settings settings) {
    return EmbedderPlan.of(settings, HadoopModel.at(settings.model()));
  }

  /** This JVM's embedder for a plan. */
  public static E5Embedder embedder(EmbedderPlan plan) {
    return SharedEmbedders.get(plan, HadoopModel::at);
  }

  /** The columns that {@link #embed} adds, for a vector column of this name. */
  public static StructType columns(String vectorColumn) {
    return new StructType()
        .add(vectorColumn, DataTypes.createArrayType(DataTypes.FloatType, false))
        .add(vectorColumn + "_tokens", DataTypes.IntegerType)
        .add(vectorColumn + "_truncated", DataTypes.BooleanType)
        .add(vectorColumn + "_error", DataTypes.StringType);
  }

  /**
   * Adds the vector of a text column, its token count, whether it was cut, and its error. All four
   * are null where the text is.
   */
  public Dataset<Row> embed(
      Dataset<Row> rows, String textColumn, String vectorColumn, EmbeddingListener listener) {
    StructType schema = rows.schema();
    int text = schema.fieldIndex(textColumn);
    for (org.apache.spark.sql.types.StructField added : columns(vectorColumn).fields()) {
      schema = schema.add(added);
    }
    return rows.mapPartitions(new Partition(plan, type, text, listener), Encoders.row(schema));
  }

  private record Partition(EmbedderPlan plan, InputType type, int text, EmbeddingListener listener)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      Settings settings = plan.settings();
      WindowEmbedder window =
          new WindowEmbedder(embedder(plan), type, settings.deduplicate(), listener);
      return new EmbeddingIterator<>(
          rows, this::textOf, Partition::join, window, settings.windowRows());
    }

    private @Nullable String textOf(Row row) {
      return row.isNullAt(text) ? null : row.getString(text);
    }

    private static Row join(Row row, @Nullable Embedding embedding) {
      Object[] values = new Object[row.size() + 4];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      if (embedding != null) {
        values[row.size()] = embedding.vector();
        values[row.size() + 1] = embedding.tokens();
        values[row.size() + 2] = embedding.truncated();
        values[row.size() + 3] = embedding.error();
      }
      return RowFactory.create(values);
    }
  }
}
