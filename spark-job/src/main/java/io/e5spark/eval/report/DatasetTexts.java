package io.e5spark.eval.report;

import static org.apache.spark.sql.functions.broadcast;

import io.e5spark.eval.BeirDataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** The texts of a dataset, read by Spark. */
final class DatasetTexts implements WorstQueries.Texts {
  private final BeirDataset dataset;

  DatasetTexts(BeirDataset dataset) {
    this.dataset = dataset;
  }

  @Override
  public Map<String, String> documents(Set<String> ids) {
    return read(dataset.titledPassages(), ids);
  }

  @Override
  public Map<String, String> queries(Set<String> ids) {
    return read(dataset.queries(), ids);
  }

  private static Map<String, String> read(Dataset<Row> texts, Set<String> ids) {
    Dataset<Row> wanted =
        texts
            .sparkSession()
            .createDataset(List.copyOf(ids), Encoders.STRING())
            .toDF(BeirDataset.ID);
    Map<String, String> found = new HashMap<>();
    for (Row row : texts.join(broadcast(wanted), BeirDataset.ID).collectAsList()) {
      found.put(row.getString(0), row.getString(1));
    }
    return found;
  }
}
