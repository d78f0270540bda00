package io.e5spark.eval;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.metric.Evaluation;
import io.e5spark.metric.Judgements;
import io.e5spark.metric.Metrics;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Stages;
import io.e5spark.search.ExactSearch;
import io.e5spark.search.QueryVectors;
import io.e5spark.table.VectorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Evaluates a model on a BEIR folder: embeds both sides, searches, computes the metrics. */
public final class Evaluator {
  private final SparkSession spark;
  private final Settings settings;
  private final EvaluationRequest request;
  private final BeirDataset dataset;
  private final DataFile output;
  private final Stages stages;

  /**
   * An evaluation.
   *
   * @param output the directory for vectors, run and reports
   */
  public Evaluator(
      SparkSession spark,
      Settings settings,
      EvaluationRequest request,
      BeirDataset dataset,
      DataFile output,
      Stages stages) {
    this.spark = spark;
    this.settings = settings;
    this.request = request;
    this.dataset = dataset;
    this.output = output;
    this.stages = stages;
  }

  /**
   * Runs it, and leaves vectors and run in the output directory.
   *
   * @throws IllegalArgumentException if model, folder or split cannot be evaluated
   */
  public EvaluationResult run() {
    Qrels qrels = dataset.qrels(request.split());
    qrels.warnings().forEach(stages::warn);
    Judgements judgements = qrels.judgements();
    EmbedderPlan plan = Models.inspect(settings);
    request.vectorType().require(plan.model().dimension(), settings.normalize());
    EmbeddedTexts embedded = new EmbeddedTexts(spark, settings, plan, stages);
    Timer timer = new Timer();
    Dataset<Row> documents = documents(embedded);
    long count = documents.count();
    long missing = missingDocuments(judgements, documents);
    double documentSeconds = timer.lap();
    QueryVectors queries = queries(embedded, judgements);
    warnOfIdenticalIds(documents, queries);
    double querySeconds = timer.lap();
    Evaluation evaluation = new Evaluation(judgements, Metrics.all(request.cutoffs()));
    TopHits hits = search(documents, queries, evaluation);
    EvaluationReport report =
        new EvaluationReport(
            dataset.name(),
            dataset.location(),
            request.split(),
            settings.model(),
            plan.fingerprint(),
            settings,
            documentType().label(),
            request.vectorType().toString(),
            request.k(),
            request.keepIdenticalIds(),
            new EvaluationReport.Counts(
                count,
                evaluation.evaluated(),
                judgements.size(),
                judgements.byQuery().size() - queries.size(),
                missing),
            new EvaluationReport.Seconds(documentSeconds, querySeconds, timer.lap()),
            evaluation.means(),
            PublishedScores.find(settings.model(), dataset.name(), request.split()));
    return new EvaluationResult(report, judgements, new PerQuery(evaluation.perQuery()), hits);
  }

  private InputType documentType() {
    return request.documentType(dataset.name());
  }

  private Dataset<Row> documents(EmbeddedTexts embedded) {
    boolean untitled = EvaluationRequest.isQuora(dataset.name());
    return embedded.of(
        "documents",
        () -> untitled ? dataset.untitledPassages() : dataset.titledPassages(),
        documentType(),
        request.vectorType(),
        EmbeddedTexts.source(
            dataset.corpusFile(),
            untitled ? new String[] {"text"} : new String[] {"title", "text"}),
        dataset.corpusFile().identity(),
        output.in("vectors").in("documents"));
  }

  private long missingDocuments(Judgements judgements, Dataset<Row> documents) {
    Dataset<Row> judged =
        spark
            .createDataset(List.copyOf(judgements.documents()), Encoders.STRING())
            .toDF(BeirDataset.ID);
    long missing =
        judged.count()
            - documents
                .select(BeirDataset.ID)
                .join(broadcast(judged), BeirDataset.ID)
                .distinct()
                .count();
    if (missing > 0) {
      stages.warn(
          String.format(
              Locale.ROOT,
              "%,d judged documents are missing in the corpus; they count as not found",
              missing));
    }
    return missing;
  }

  /** The judged queries, in the order of the judgements. */
  private QueryVectors queries(EmbeddedTexts embedded, Judgements judgements) {
    Set<String> judged = judgements.byQuery().keySet();
    Dataset<Row> wanted =
        spark.createDataset(List.copyOf(judged), Encoders.STRING()).toDF(BeirDataset.ID);
    Dataset<Row> vectors =
        embedded.of(
            "queries",
            () -> dataset.queries().join(broadcast(wanted), BeirDataset.ID),
            InputType.QUERY,
            VectorType.FLOAT,
            EmbeddedTexts.source(dataset.queryFile(), "text"),
            dataset.queryFile().identity() + " " + dataset.qrelsFile(request.split()).identity(),
            output.in("vectors").in("queries-" + request.split()));
    Map<String, float[]> found = new HashMap<>();
    for (Row row : vectors.select(col("*")).collectAsList()) {
      found.put(row.getString(0), floats(row.getList(1)));
    }
    List<String> ids = judged.stream().filter(found::containsKey).toList();
    warnOfMissing(judged.size() - ids.size());
    return new QueryVectors(
        new ArrayList<>(ids), new ArrayList<>(ids.stream().map(found::get).toList()));
  }

  private void warnOfMissing(int queries) {
    if (queries > 0) {
      stages.warn(
          String.format(
              Locale.ROOT,
              "%,d judged queries are missing in the dataset; they are left out",
              queries));
    }
  }

  private void warnOfIdenticalIds(Dataset<Row> documents, QueryVectors queries) {
    Dataset<Row> ids = spark.createDataset(queries.ids(), Encoders.STRING()).toDF(BeirDataset.ID);
    long same = documents.join(broadcast(ids), BeirDataset.ID).count();
    if (same > 0 && !request.keepIdenticalIds()) {
      stages.warn(
          String.format(
              Locale.ROOT,
              "%,d queries have the id of a document, which they cannot find, as BEIR has it; where both are just numbered, use --keep-identical-ids",
              same));
    }
  }

  private static float[] floats(List<Float> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private TopHits search(Dataset<Row> documents, QueryVectors queries, Evaluation evaluation) {
    TopHits hits = new TopHits();
    if (queries.size() == 0) {
      throw new IllegalArgumentException(
          "Cannot evaluate %s: none of the queries judged in split %s is in the dataset"
              .formatted(dataset.location(), request.split()));
    }
    stages.run("Searching", 0, () -> search(documents, queries, evaluation, hits));
    return hits;
  }

  private void search(
      Dataset<Row> documents, QueryVectors queries, Evaluation evaluation, TopHits hits) {
    DataFile written = output.in("_run.trec");
    try (TrecRunWriter run = new TrecRunWriter(written)) {
      new ExactSearch(request.k(), request.keepIdenticalIds())
          .run(
              documents,
              queries,
              (query, found) -> {
                run.write(query, found);
                hits.add(query, found);
                evaluation.add(query, found);
              });
    }
    written.replace(output.in("run.trec"));
  }

  /** Seconds between its laps. */
  private static final class Timer {
    private long last = System.nanoTime();

    double lap() {
      long now = System.nanoTime();
      double seconds = (now - last) / 1e9;
      last = now;
      return seconds;
    }
  }
}
