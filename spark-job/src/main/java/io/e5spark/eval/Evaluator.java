package io.e5spark.eval;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.metric.Evaluation;
import io.e5spark.metric.Judgements;
import io.e5spark.metric.Metrics;
import io.e5spark.metric.ScoredDocument;
import io.e5spark.platform.Count;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Stages;
import io.e5spark.report.Stopwatch;
import io.e5spark.search.ChunkSearch;
import io.e5spark.search.ExactSearch;
import io.e5spark.search.QueryVectors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Evaluates a model on a BEIR folder: embeds documents and queries, searches, and computes the
 * metrics.
 */
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
   * @param output the directory for the vectors, the run and the reports
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
   * Runs the evaluation, and leaves the vectors and the run in the output directory.
   *
   * @throws IllegalArgumentException if the model, the folder or the split cannot be evaluated
   */
  public EvaluationResult run() {
    Qrels qrels = dataset.qrels(request.split());
    qrels.warnings().forEach(stages::warn);
    Judgements judgements = limited(qrels.judgements());
    EmbedderPlan plan = Models.inspect(settings);
    request.vectorType().require(plan.model().dimension(), settings.vectors().normalize());
    if (request.chunking() != null) {
      request.chunking().requireWithin(plan.settings().vectors().maxTokens());
    }
    DatasetVectors vectors =
        new DatasetVectors(
            new EmbeddedTexts(spark, settings, plan, stages), request, dataset, output);
    requireQueries(vectors.wantedQueries(spark, judgements));
    DatasetChecks checks = new DatasetChecks(spark, stages);
    Stopwatch documentTime = new Stopwatch();
    Dataset<Row> documents = vectors.documents();
    long count = documents.select(BeirDataset.ID).distinct().count();
    long missing = checks.missingDocuments(judgements, documents);
    double documentSeconds = documentTime.seconds();
    Stopwatch queryTime = new Stopwatch();
    QueryVectors queries = vectors.queries(spark, judgements);
    checks.warnOfMissingQueries(judgements, queries);
    if (!request.keepIdenticalIds()) {
      checks.warnOfIdenticalIds(documents, queries);
    }
    double querySeconds = queryTime.seconds();
    Stopwatch searchTime = new Stopwatch();
    Evaluation evaluation =
        new Evaluation(
            judgements.ofQueries(Set.copyOf(queries.ids())), Metrics.all(request.cutoffs()));
    TopHits hits = search(documents, queries, evaluation, new TopHits(judgements));
    EvaluationReport.Counts counts =
        new EvaluationReport.Counts(
            count,
            evaluation.evaluated(),
            judgements.size(),
            judgements.byQuery().size() - queries.size(),
            missing);
    EvaluationReport.Seconds seconds =
        new EvaluationReport.Seconds(documentSeconds, querySeconds, searchTime.seconds());
    return new EvaluationResult(
        report(plan, counts, seconds, evaluation.means()),
        judgements,
        new PerQuery(evaluation.perQuery()),
        hits);
  }

  private Judgements limited(Judgements all) {
    Judgements limited = request.limited(all);
    if (limited.byQuery().size() < all.byQuery().size()) {
      stages.warn(
          String.format(
              Locale.ROOT,
              "evaluating only the first %,d of %s",
              limited.byQuery().size(),
              Count.of(all.byQuery().size(), "judged query")));
    }
    return limited;
  }

  private EvaluationReport report(
      EmbedderPlan plan,
      EvaluationReport.Counts counts,
      EvaluationReport.Seconds seconds,
      Map<String, Double> means) {
    return new EvaluationReport(
        dataset.name(),
        dataset.location(),
        request.split(),
        settings.loading().model(),
        plan.fingerprint(),
        plan.settings(),
        request.documentType(dataset.name()).label(),
        request.vectorType().toString(),
        request.k(),
        request.keepIdenticalIds(),
        request.chunking(),
        counts,
        seconds,
        means,
        PublishedScores.find(settings.loading().model(), dataset.name(), request.split()));
  }

  private void requireQueries(Dataset<Row> wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot evaluate %s: the data set has none of the queries that split %s judges"
              .formatted(dataset.location(), request.split()));
    }
  }

  private TopHits search(
      Dataset<Row> documents, QueryVectors queries, Evaluation evaluation, TopHits hits) {
    stages.run("Searching", 0, () -> write(documents, queries, evaluation, hits));
    return hits;
  }

  private void write(
      Dataset<Row> documents, QueryVectors queries, Evaluation evaluation, TopHits hits) {
    DataFile written = output.in("_run.trec");
    try (TrecRunWriter run = new TrecRunWriter(written)) {
      nearest(
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

  private void nearest(
      Dataset<Row> documents,
      QueryVectors queries,
      BiConsumer<String, List<ScoredDocument>> found) {
    if (request.chunking() == null) {
      new ExactSearch(request.k(), request.keepIdenticalIds()).run(documents, queries, found);
    } else {
      new ChunkSearch(request.k(), request.keepIdenticalIds()).run(documents, queries, found);
    }
  }
}
