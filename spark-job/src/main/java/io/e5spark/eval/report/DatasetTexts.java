package io.e5spark.eval.report;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.eval.BeirDataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The texts of a data set, read by Spark. */
final class DatasetTexts implements ReportTexts {
  private final BeirDataset dataset;

  DatasetTexts(BeirDataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public Map<String, Passage> documents(Set<String> ids) {
    Dataset<Row> documents =
        dataset.documents().select(col(BeirDataset.ID), orEmpty("title"), orEmpty("text"));
    Map<String, Passage> found = new HashMap<>();
    for (Row row : those(documents, ids)) {
      found.put(row.getString(0), Passage.of(row.getString(1), row.getString(2)));
    }
    return found;
  }

  @Override
  public Map<String, String> queries(Set<String> ids) {
    Map<String, String> found = new HashMap<>();
    for (Row row : those(dataset.queries(), ids)) {
      found.put(row.getString(0), row.getString(1));
    }
    return found;
  }

  private static Column orEmpty(String column) {
    return coalesce(col(column), lit(""));
  }

  private static List<Row> those(Dataset<Row> texts, Set<String> ids) {
    Dataset<Row> wanted =
        texts
            .sparkSession()
            .createDataset(List.copyOf(ids), Encoders.STRING())
            .toDF(BeirDataset.ID);
    return texts.join(broadcast(wanted), BeirDataset.ID).collectAsList();
  }
}
