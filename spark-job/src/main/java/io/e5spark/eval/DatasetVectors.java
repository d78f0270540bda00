package io.e5spark.eval;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.chunk.Chunking;
import io.e5spark.chunked.DocumentChunks;
import io.e5spark.config.InputType;
import io.e5spark.metric.Judgements;
import io.e5spark.platform.DataFile;
import io.e5spark.search.QueryVectors;
import io.e5spark.table.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The vectors of the documents and the queries of a data set, as an evaluation requests them. */
final class DatasetVectors {
  private final EmbeddedTexts embedded;
  private final EvaluationRequest request;
  private final BeirDataset dataset;
  private final DataFile output;

  /**
   * Vectors that are kept.
   *
   * @param output the directory of the evaluation, which keeps them
   */
  DatasetVectors(
      EmbeddedTexts embedded, EvaluationRequest request, BeirDataset dataset, DataFile output) {
    this.embedded = embedded;
    this.request = request;
    this.dataset = dataset;
    this.output = output;
  }

  /** The id and the vector of all documents. */
  Dataset<Row> documents() {
    boolean untitled = EvaluationRequest.isQuora(dataset.name());
    return embedded.of(
        "documents",
        () -> texts(untitled),
        request.documentType(dataset.name()),
        request.vectorType(),
        chunks(untitled),
        EmbeddedTexts.source(
            dataset.corpusFile(),
            untitled ? new String[] {"text"} : new String[] {"title", "text"}),
        dataset.corpusFile().identity(),
        output.in("vectors").in("documents"));
  }

  private @Nullable DocumentChunks chunks(boolean untitled) {
    Chunking chunking = request.chunking();
    return chunking == null ? null : new DocumentChunks(chunking, untitled ? "" : "title");
  }

  private Dataset<Row> texts(boolean untitled) {
    Chunking chunking = request.chunking();
    if (chunking == null) {
      return untitled ? dataset.untitledPassages() : dataset.titledPassages();
    }
    return embedded.chunks(
        dataset.documents(),
        untitled ? lit(null).cast("string") : col("title"),
        untitled ? BeirDataset.untitled() : BeirDataset.titled(),
        chunking,
        request.documentType(dataset.name()));
  }

  /** The id and the text of the judged queries that the data set has. */
  Dataset<Row> wantedQueries(SparkSession spark, Judgements judgements) {
    List<String> judged = List.copyOf(judgements.byQuery().keySet());
    Dataset<Row> wanted = spark.createDataset(judged, Encoders.STRING()).toDF(BeirDataset.ID);
    return dataset.queries().join(broadcast(wanted), BeirDataset.ID);
  }

  /** The judged queries, in the order of the judgements. */
  QueryVectors queries(SparkSession spark, Judgements judgements) {
    Set<String> judged = judgements.byQuery().keySet();
    Dataset<Row> vectors =
        embedded.of(
            "queries",
            () -> wantedQueries(spark, judgements),
            InputType.QUERY,
            VectorType.FLOAT,
            EmbeddedTexts.source(dataset.queryFile(), "text"),
            dataset.queryFile().identity() + " " + dataset.qrelsFile(request.split()).identity(),
            output.in("vectors").in("queries-" + request.split() + request.ofFirst()));
    Map<String, float[]> found = new HashMap<>();
    for (Row row : vectors.collectAsList()) {
      found.put(row.getString(0), floats(row.getList(1)));
    }
    List<String> ids = judged.stream().filter(found::containsKey).toList();
    return new QueryVectors(
        new ArrayList<>(ids), new ArrayList<>(ids.stream().map(found::get).toList()));
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }
}
