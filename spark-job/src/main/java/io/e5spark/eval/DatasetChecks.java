package io.e5spark.eval;

import static org.apache.spark.sql.functions.broadcast;

import io.e5spark.metric.Judgements;
import io.e5spark.platform.Count;
import io.e5spark.report.Stages;
import io.e5spark.search.QueryVectors;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Warns if the judgements and the data set do not match. */
final class DatasetChecks {
  private final SparkSession spark;
  private final Stages stages;

  DatasetChecks(SparkSession spark, Stages stages) {
    this.spark = spark;
    this.stages = stages;
  }

  /** The number of judged documents that the data set lacks. */
  long missingDocuments(Judgements judgements, Dataset<Row> documents) {
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
          "the corpus lacks %s; a missing document counts as not found"
              .formatted(Count.of(missing, "judged document")));
    }
    return missing;
  }

  /** The evaluation leaves out judged queries that the data set lacks. */
  void warnOfMissingQueries(Judgements judgements, QueryVectors found) {
    int queries = judgements.byQuery().size() - found.size();
    if (queries > 0) {
      stages.warn(
          "the data set lacks %s; the metrics leave out a missing query"
              .formatted(Count.of(queries, "judged query")));
    }
  }

  /** A query cannot find the document that has its own id, even if it should. */
  void warnOfIdenticalIds(Dataset<Row> documents, QueryVectors queries) {
    Dataset<Row> ids = spark.createDataset(queries.ids(), Encoders.STRING()).toDF(BeirDataset.ID);
    long same =
        documents.select(BeirDataset.ID).distinct().join(broadcast(ids), BeirDataset.ID).count();
    if (same > 0) {
      stages.warn(
          "%s cannot find the document with the same id, which BEIR leaves out (use --keep-identical-ids if both are merely numbered)"
              .formatted(Count.of(same, "query")));
    }
  }
}
