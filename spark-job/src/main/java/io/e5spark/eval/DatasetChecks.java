package io.e5spark.eval;

import static org.apache.spark.sql.functions.broadcast;

import io.e5spark.metric.Judgements;
import io.e5spark.report.Stages;
import io.e5spark.search.QueryVectors;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What judgements and a dataset do not have in common; people are warned of it. */
final class DatasetChecks {
  private final SparkSession spark;
  private final Stages stages;

  DatasetChecks(SparkSession spark, Stages stages) {
    this.spark = spark;
    this.stages = stages;
  }

  /** How many judged documents the dataset lacks. */
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
          String.format(
              Locale.ROOT,
              "%,d judged documents are missing in the corpus; they count as not found",
              missing));
    }
    return missing;
  }

  /** Judged queries that the dataset lacks are left out. */
  void warnOfMissingQueries(Judgements judgements, QueryVectors found) {
    int queries = judgements.byQuery().size() - found.size();
    if (queries > 0) {
      stages.warn(
          String.format(
              Locale.ROOT,
              "%,d judged queries are missing in the dataset; they are left out",
              queries));
    }
  }

  /** A query that is to find no document with its own id may miss what it is to find. */
  void warnOfIdenticalIds(Dataset<Row> documents, QueryVectors queries) {
    Dataset<Row> ids = spark.createDataset(queries.ids(), Encoders.STRING()).toDF(BeirDataset.ID);
    long same =
        documents.select(BeirDataset.ID).distinct().join(broadcast(ids), BeirDataset.ID).count();
    if (same > 0) {
      stages.warn(
          String.format(
              Locale.ROOT,
              "%,d queries have the id of a document, which they cannot find, as BEIR has it; where both are just numbered, use --keep-identical-ids",
              same));
    }
  }
}
