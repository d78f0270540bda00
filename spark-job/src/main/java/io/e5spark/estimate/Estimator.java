package io.e5spark.estimate;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rand;

import io.e5spark.chunked.ChunkRows;
import io.e5spark.chunked.DocumentChunks;
import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.config.VectorSettings;
import io.e5spark.embed.Counter;
import io.e5spark.platform.Processor;
import io.e5spark.report.EmbeddingTime;
import io.e5spark.report.TaskCounters;
import io.e5spark.source.TextSource;
import io.e5spark.sql.E5Functions;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Examines a sample of a source: counts tokens, and embeds a few texts to measure the speed of this
 * cluster.
 */
public final class Estimator {
  private static final int SEED = 17;
  private static final String TOKENS = DocumentChunks.TOKENS;

  private final SparkSession spark;
  private final Settings settings;
  private final TextSource source;
  private final InputType inputType;
  private final @Nullable DocumentChunks chunks;

  /**
   * An estimator for a source.
   *
   * @param chunks how its texts are cut into chunks; null if they are not
   */
  public Estimator(
      SparkSession spark,
      Settings settings,
      TextSource source,
      InputType inputType,
      @Nullable DocumentChunks chunks) {
    this.spark = spark;
    this.settings = settings;
    this.source = source;
    this.inputType = inputType;
    this.chunks = chunks;
  }

  /**
   * Makes the estimate.
   *
   * @param most the number of texts whose tokens to count
   * @param measured the number of texts to embed
   * @param price the price per hour, if it is known
   */
  public EstimateReport estimate(int most, int measured, @Nullable Double price) {
    TextSource resolved = source.resolved(spark);
    Dataset<Row> texts = resolved.read(spark);
    VectorSettings vectors = Models.inspect(settings).settings().vectors();
    if (chunks != null) {
      chunks.chunking().requireWithin(vectors.maxTokens());
    }
    Column text = col(TextSource.TEXT);
    long rows = texts.count();
    Row counts = counts(texts, text, rows <= most);
    long present = counts.getLong(0);
    Dataset<Row> looked = sample(texts.where(text.isNotNull()), present, most);
    Dataset<Row> sample = counted(looked, resolved).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      TokenCounts tokens = TokenCounts.of(tokens(sample), vectors.maxTokens(), vectors.truncate());
      double speed = present == 0 ? 0 : tokensPerSecond(sample, measured);
      EstimateReport.Texts found =
          new EstimateReport.Texts(
              rows, rows - present, present - Math.min(present, counts.getLong(1)));
      Long parts = chunks == null ? null : parts(tokens.texts(), looked.count(), present);
      return EstimateReport.of(
          source.input(), settings.loading().model(), found, tokens, parts, slots(), speed, price);
    } finally {
      sample.unpersist();
    }
  }

  /** What the model would read, with its tokens. */
  private Dataset<Row> counted(Dataset<Row> texts, TextSource resolved) {
    return chunks == null
        ? texts.withColumn(TOKENS, E5Functions.tokens(col(TextSource.TEXT), inputType, settings))
        : new ChunkRows(chunks, inputType, settings).of(texts, resolved);
  }

  /** The number of chunks of all texts, if the others are like those of the sample. */
  private static long parts(long found, long looked, long present) {
    return looked == 0 ? 0 : Math.round((double) found / looked * present);
  }

  /**
   * The number of texts and of distinct texts: counted, or estimated by HyperLogLog in a large
   * source.
   */
  private static Row counts(Dataset<Row> texts, Column text, boolean small) {
    return texts
        .agg(count(text), small ? count_distinct(text) : approx_count_distinct(text, 0.01))
        .head();
  }

  private static Dataset<Row> sample(Dataset<Row> texts, long present, int most) {
    if (present <= most) {
      return texts;
    }
    // Draws so many more than wanted that there are practically never too few.
    double drawn = most + 6 * Math.sqrt(most) + 12;
    double fraction = Math.min(1, drawn / present);
    return texts.sample(fraction, SEED).limit(most);
  }

  private static int[] tokens(Dataset<Row> sample) {
    List<Row> counts = sample.select(TOKENS).collectAsList();
    return counts.stream().mapToInt(row -> row.getInt(0)).toArray();
  }

  private EstimateReport.Slots slots() {
    // The processor of the driver may be another one.
    int threadsPerCore =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(0), 1)
            .map(row -> Processor.ofThisHost().threadsPerCore())
            .first();
    return new EstimateReport.Slots(cores(), threadsPerCore);
  }

  private int cores() {
    return spark.sparkContext().defaultParallelism();
  }

  /** The tokens per second of the cluster, from the time in the tokenizer and the model. */
  private double tokensPerSecond(Dataset<Row> sample, int measured) {
    Dataset<Row> few = sample.orderBy(rand(SEED)).limit(measured).select(TextSource.TEXT);
    Dataset<Row> texts =
        spark.createDataFrame(few.collectAsList(), few.schema()).repartition(cores());
    try (TaskCounters counters = TaskCounters.start(spark.sparkContext())) {
      texts
          .select(
              E5Functions.tryEmbed(col(TextSource.TEXT), inputType, settings).as("vector"), lit(1))
          .write()
          .format("noop")
          .mode(SaveMode.Overwrite)
          .save();
      counters.settle();
      EmbeddingTime time =
          EmbeddingTime.of(counters, settings.loading(), spark.sparkContext().getConf());
      return counters.count(Counter.TOKENS) / Math.max(time.seconds(), 1e-9);
    }
  }
}
