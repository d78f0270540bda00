package io.e5spark.chunked;

import io.e5spark.chunk.Chunking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the documents of a table are cut into chunks, one row per chunk.
 *
 * @param chunking the budget and the overlap
 * @param title the name of the column that goes in front of each chunk; empty if there is none
 */
public record DocumentChunks(Chunking chunking, String title) {
  /** The number of the chunk within its document, from 0. */
  public static final String POSITION = "position";

  /** The first code point of the chunk in the text of the document. */
  public static final String START = "start";

  /** The code point after the chunk. */
  public static final String END = "end";

  /** The number of tokens that the model reads. */
  public static final String TOKENS = "tokens";

  /** The columns of a chunk. */
  public static final List<String> COLUMNS = List.of(POSITION, START, END, TOKENS);

  private static final String TOKENS_KEY = "e5.chunk-tokens";
  private static final String OVERLAP_KEY = "e5.chunk-overlap";
  private static final String TITLE_KEY = "e5.chunk-title";

  /** The chunking as table properties. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put(TOKENS_KEY, Integer.toString(chunking.tokens()));
    map.put(OVERLAP_KEY, Integer.toString(chunking.overlap()));
    map.put(TITLE_KEY, title);
    return map;
  }

  /** What these table properties say; empty if a row is a whole document. */
  public static Optional<DocumentChunks> of(Map<String, String> table) {
    return Optional.ofNullable(table.get(TOKENS_KEY))
        .map(
            tokens ->
                new DocumentChunks(
                    new Chunking(
                        Integer.parseInt(tokens),
                        Integer.parseInt(table.getOrDefault(OVERLAP_KEY, "0"))),
                    table.getOrDefault(TITLE_KEY, "")));
  }

  /** The chunking for messages. */
  @Override
  public String toString() {
    return "of at most %s tokens, overlap %s%s"
        .formatted(
            Integer.toString(chunking.tokens()),
            Integer.toString(chunking.overlap()),
            title.isEmpty() ? "" : ", title " + title);
  }
}
