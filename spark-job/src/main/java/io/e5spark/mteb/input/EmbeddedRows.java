package io.e5spark.mteb.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;

import io.e5spark.config.InputType;
import io.e5spark.eval.BeirDataset;
import io.e5spark.eval.EmbeddedTexts;
import io.e5spark.mteb.folder.TaskRows;
import io.e5spark.platform.Count;
import io.e5spark.platform.DataFile;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import scala.jdk.javaapi.CollectionConverters;

/** The rows of a task with the vectors of their texts; each distinct text is embedded once. */
public final class EmbeddedRows {
  private static final String COLUMN = "column";
  private static final String POSITION = "position";
  private static final String TEXT = "text";
  private static final String ID = BeirDataset.ID;
  private static final String VECTOR = "embedding";

  private final EmbeddedTexts embedded;
  private final DataFile vectors;

  /**
   * Vectors that are kept.
   *
   * @param vectors the directory of their tables
   */
  public EmbeddedRows(EmbeddedTexts embedded, DataFile vectors) {
    this.embedded = embedded;
    this.vectors = vectors;
  }

  /**
   * Embeds.
   *
   * @param what the rows, as messages and the names of the tables call them
   * @param identity changes when the rows do
   * @param types the input type of each text column
   */
  JavaRDD<TaskRow> of(
      String what, Dataset<Row> rows, String identity, Map<String, InputType> types) {
    requireTexts(rows, types.keySet());
    Dataset<Row> found = null;
    for (Map.Entry<InputType, List<String>> side : byType(types).entrySet()) {
      Dataset<Row> some = of(what, rows, identity, side.getKey(), side.getValue());
      found = found == null ? some : found.union(some);
    }
    if (found == null) {
      throw new IllegalArgumentException("No text columns");
    }
    Dataset<Row> grouped =
        found
            .groupBy(TaskRows.NUMBER)
            .agg(collect_list(struct(COLUMN, POSITION, VECTOR)).as(TaskRow.FOUND));
    return rows.join(grouped, usingNumber(), "left").toJavaRDD().map(TaskRow::of);
  }

  private static scala.collection.immutable.Seq<String> usingNumber() {
    return CollectionConverters.asScala(List.of(TaskRows.NUMBER)).toList();
  }

  private static Map<InputType, List<String>> byType(Map<String, InputType> types) {
    return types.keySet().stream()
        .sorted()
        .collect(Collectors.groupingBy(types::get, TreeMap::new, Collectors.toList()));
  }

  /** A null text would drop its row. */
  private static void requireTexts(Dataset<Row> rows, Set<String> columns) {
    for (String column : columns) {
      boolean list = rows.schema().apply(column).dataType() instanceof ArrayType;
      Column missing = col(column).isNull();
      long nulls =
          rows.where(list ? missing.or(exists(col(column), Column::isNull)) : missing).count();
      if (nulls > 0) {
        throw new IllegalArgumentException(
            "it has %s without a text in %s (every row must have one)"
                .formatted(Count.of(nulls, "row"), column));
      }
    }
  }

  private Dataset<Row> of(
      String what, Dataset<Row> rows, String identity, InputType type, List<String> columns) {
    Dataset<Row> texts =
        columns.stream()
            .map((Function<String, Dataset<Row>>) column -> exploded(rows, column))
            .reduce(Dataset::union)
            .orElseThrow();
    Dataset<Row> different = texts.select(ID, TEXT).distinct();
    Dataset<Row> embeddings =
        embedded.of(
            what + " as " + type.label(),
            () -> different,
            type,
            VectorType.PACKED,
            new TextSource(what, SourceFormat.JSON, List.of(ID), columns, List.of()),
            identity,
            vectors.in(what + "-" + type.label()));
    return texts.join(embeddings, ID).select(TaskRows.NUMBER, COLUMN, POSITION, VECTOR);
  }

  private static Dataset<Row> exploded(Dataset<Row> rows, String column) {
    boolean list = rows.schema().apply(column).dataType() instanceof ArrayType;
    Column number = col(TaskRows.NUMBER);
    Column name = lit(column).as(COLUMN);
    Dataset<Row> texts =
        list
            ? rows.select(number, name, posexplode(col(column)).as(new String[] {POSITION, TEXT}))
            : rows.select(number, name, lit(0).as(POSITION), col(column).as(TEXT));
    return texts.withColumn(ID, sha2(col(TEXT), 256));
  }
}
