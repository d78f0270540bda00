package io.e5spark.job.option;

import io.e5spark.chunk.Chunking;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether and how documents are cut into chunks. */
public final class ChunkFlags {
  private static final String TOKENS = "--chunk-tokens";
  private static final String OVERLAP = "--chunk-overlap";

  @Option(
      names = "--chunk",
      description =
          "Cut documents into chunks, counted in the model's own tokens, instead of truncating long ones.")
  boolean chunk;

  @Option(
      names = TOKENS,
      paramLabel = "COUNT",
      description =
          "The token budget of a chunk, including the prefix and the special tokens; 256 by default.")
  @Nullable Integer tokens;

  @Option(
      names = OVERLAP,
      paramLabel = "COUNT",
      description =
          "The maximum number of tokens that a chunk repeats from the previous one; an eighth of --chunk-tokens by default.")
  @Nullable Integer overlap;

  /**
   * How documents are cut; null if they are not.
   *
   * @throws IllegalArgumentException if a number is out of range, or is given without --chunk
   */
  public @Nullable Chunking chunking() {
    requireChunk(TOKENS, tokens);
    requireChunk(OVERLAP, overlap);
    if (!chunk) {
      return null;
    }
    int most = tokens == null ? Chunking.USUAL_TOKENS : tokens;
    return overlap == null ? Chunking.of(most) : new Chunking(most, overlap);
  }

  /** Checks that an option has no value without --chunk. */
  void requireChunk(String option, @Nullable Object value) {
    if (!chunk && value != null) {
      throw new IllegalArgumentException(
          "Invalid option: %s without --chunk (it needs --chunk)".formatted(option));
    }
  }
}
