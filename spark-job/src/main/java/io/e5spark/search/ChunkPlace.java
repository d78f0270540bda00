package io.e5spark.search;

import io.e5spark.chunked.DocumentChunks;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The place of a chunk in its document.
 *
 * @param position its number, from 0
 * @param start the first code point
 * @param end the code point after it
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
   * The part of the document's text that the chunk covers. It is shorter, or empty, if the text has
   * become shorter.
   */
  String within(String text) {
    int[] codePoints = text.codePoints().skip(start).limit(end - start).toArray();
    return new String(codePoints, 0, codePoints.length);
  }
}
