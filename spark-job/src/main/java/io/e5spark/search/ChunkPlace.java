package io.e5spark.search;

import io.e5spark.chunked.DocumentChunks;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Where a chunk stands in its document.
 *
 * @param position its number, from 0
 * @param start first code point
 * @param end code point behind it
 */
public record ChunkPlace(int position, int start, int end) {
  static final List<String> COLUMNS =
      List.of(DocumentChunks.POSITION, DocumentChunks.START, DocumentChunks.END);

  static ChunkPlace of(Row row) {
    return new ChunkPlace(
        row.getAs(DocumentChunks.POSITION),
        row.getAs(DocumentChunks.START),
        row.getAs(DocumentChunks.END));
  }

  /**
   * The chunk's part of its document's text. It is shorter, or empty, if the text is shorter now.
   */
  String within(String text) {
    int[] codePoints = text.codePoints().skip(start).limit(end - start).toArray();
    return new String(codePoints, 0, codePoints.length);
  }
}
