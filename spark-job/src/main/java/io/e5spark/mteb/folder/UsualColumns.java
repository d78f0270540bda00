package io.e5spark.mteb.folder;

import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/** Converts the columns of older files to their current names and form. */
public final class UsualColumns {
  private static final Map<String, String> RENAMED =
      Map.of("sent1", "sentence1", "sent2", "sentence2");

  private UsualColumns() {}

  public static Dataset<Row> of(Dataset<Row> rows) {
    Dataset<Row> renamed = rows;
    for (Map.Entry<String, String> name : RENAMED.entrySet()) {
      renamed = renamed.withColumnRenamed(name.getKey(), name.getValue());
    }
    List<String> columns = Arrays.asList(renamed.columns());
    boolean pairs = columns.containsAll(List.of("sentence1", "sentence2", "labels"));
    return pairs && renamed.schema().apply("sentence1").dataType() instanceof ArrayType
        ? unzipped(renamed)
        : renamed;
  }

  /** Makes one row per pair from one object with lists. */
  private static Dataset<Row> unzipped(Dataset<Row> lists) {
    return lists
        .select(
            posexplode(arrays_zip(col("sentence1"), col("sentence2"), col("labels")))
                .as(new String[] {"position", "pair"}))
        .select(col("pair.*"), col("position").cast("long").as(TaskRows.NUMBER));
  }
}
