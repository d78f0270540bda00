package io.e5spark.eval;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.e5spark.chunk.Chunking;
import io.e5spark.chunked.DocumentChunks;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.platform.BalancedPartitions;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Stages;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.sql.E5Functions;
import io.e5spark.table.VectorProperties;
import io.e5spark.table.VectorTable;
import io.e5spark.table.VectorType;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * The vectors of a data set's texts in a table, made once for the same model, settings and files.
 */
public final class EmbeddedTexts {
  private static final String VECTOR = "embedding";

  private final SparkSession spark;
  private final Settings settings;
  private final EmbedderPlan plan;
  private final Stages stages;

  public EmbeddedTexts(SparkSession spark, Settings settings, EmbedderPlan plan, Stages stages) {
    this.spark = spark;
    this.settings = settings;
    this.plan = plan;
    this.stages = stages;
  }

  /**
   * The id and the vector of each text, as the exact search reads them.
   *
   * @param what the texts, as messages call them
   * @param texts read only if they are embedded
   * @param vectorType how the vectors are stored
   * @param identity changes when the texts do
   * @param table the table that keeps the vectors
   */
  public Dataset<Row> of(
      String what,
      Supplier<Dataset<Row>> texts,
      InputType type,
      VectorType vectorType,
      TextSource source,
      String identity,
      DataFile table) {
    return of(what, texts, type, vectorType, null, source, identity, table);
  }

  /**
   * The vectors of documents that may be cut into chunks.
   *
   * @param chunks how; null if they are not
   */
  Dataset<Row> of(
      String what,
      Supplier<Dataset<Row>> texts,
      InputType type,
      VectorType vectorType,
      @Nullable DocumentChunks chunks,
      TextSource source,
      String identity,
      DataFile table) {
    VectorTable vectors = new VectorTable(spark, table.location());
    VectorProperties properties =
        VectorProperties.of(Models.lastingName(settings), plan.recipe(), type, VECTOR, vectorType)
            .with(chunks);
    if (!vectors.holds(properties, identity)) {
      Dataset<Row> read = texts.get();
      long count = read.count();
      stages.run(
          "Embedding " + what,
          count,
          () -> vectors.write(embedded(read, count, properties), properties, source, identity));
    }
    return vectors.rows().select(col(BeirDataset.ID), properties.searched().as(VECTOR));
  }

  private Dataset<Row> embedded(Dataset<Row> texts, long count, VectorProperties properties) {
    Column vector = E5Functions.embed(col(BeirDataset.TEXT), properties.inputType(), settings);
    return BalancedPartitions.of(texts, count, settings.rows().windowRows())
        .select(col(BeirDataset.ID), properties.stored(vector).as(VECTOR));
  }

  /**
   * The id and the text of documents' chunks; a document without chunks keeps its whole passage.
   *
   * @param documents the id and the text
   * @param title goes in front of each chunk
   * @param passage the title and the text
   */
  Dataset<Row> chunks(
      Dataset<Row> documents, Column title, Column passage, Chunking chunking, InputType type) {
    Column chunks = E5Functions.chunks(col(BeirDataset.TEXT), chunking, title, type, settings);
    Column texts = chunks.getField("text");
    return documents.select(
        col(BeirDataset.ID),
        explode(when(size(texts).gt(0), texts).otherwise(array(passage))).as(BeirDataset.TEXT));
  }

  static TextSource source(DataFile file, String... columns) {
    return new TextSource(
        file.location(), SourceFormat.JSON, List.of(BeirDataset.ID), List.of(columns), List.of());
  }
}
