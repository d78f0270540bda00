package io.e5spark.chunked;

import static io.e5spark.platform.ColumnName.column;
import static org.apache.spark.sql.functions.char_length;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.e5spark.config.InputType;
import io.e5spark.config.Settings;
import io.e5spark.source.TextSource;
import io.e5spark.sql.E5Functions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of documents, one for each chunk.
 *
 * @param type the side of a search that chunks are embedded for
 * @param settings the settings, whose model counts the tokens
 */
public record ChunkRows(DocumentChunks chunks, InputType type, Settings settings) {
  private static final String CHUNK = "__e5_chunk";

  /**
   * The chunks of documents, with the columns of {@link DocumentChunks#COLUMNS}; a document without
   * text has none. A kept column that is the whole text of the document holds the text of the chunk
   * instead.
   *
   * @param documents the rows of the source, with {@link TextSource#TEXT}
   */
  public Dataset<Row> of(Dataset<Row> documents, TextSource source) {
    List<Column> columns = new ArrayList<>();
    List<String> kept = new ArrayList<>(Arrays.asList(documents.columns()));
    kept.remove(TextSource.TEXT);
    for (String name : kept) {
      columns.add(isText(name, source) ? part().as(name) : column(name));
    }
    DocumentChunks.COLUMNS.forEach(name -> columns.add(field(name).as(name)));
    columns.add(field("text").as(TextSource.TEXT));
    return exploded(documents).select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> exploded(Dataset<Row> documents) {
    Column title = chunks.title().isEmpty() ? lit(null) : column(chunks.title()).cast("string");
    Column found =
        E5Functions.chunks(col(TextSource.TEXT), chunks.chunking(), title, type, settings);
    return documents.withColumn(CHUNK, explode(found));
  }

  private static boolean isText(String name, TextSource source) {
    return source.textColumns().equals(List.of(name)) && !source.idColumns().contains(name);
  }

  /** The text without the title in front of it. */
  private static Column part() {
    Column length = field(DocumentChunks.END).minus(field(DocumentChunks.START));
    Column text = field("text");
    return text.substr(char_length(text).minus(length).plus(1), length);
  }

  private static Column field(String name) {
    return col(CHUNK).getField(name);
  }

  /**
   * Checks that the source has no columns with the names of the chunk columns.
   *
   * @throws IllegalArgumentException if it has
   */
  public static void requireNew(Dataset<Row> documents) {
    for (String name : DocumentChunks.COLUMNS) {
      if (Arrays.stream(documents.columns()).anyMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "Cannot add column %s: the source already has a column of that name (chunks have the columns %s)"
                .formatted(name, String.join(", ", DocumentChunks.COLUMNS)));
      }
    }
  }
}
