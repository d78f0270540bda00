package io.e5spark.job.option;

import io.e5spark.chunk.Chunking;
import io.e5spark.chunked.DocumentChunks;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether and how documents are cut into chunks. */
public final class ChunkFlags {
  private static final List<String> NAMES =
      List.of("--chunk-tokens", "--chunk-overlap", "--chunk-title");

  @Option(
      names = "--chunk",
      description =
          "Cut texts into chunks by the model's own tokens, one row each, instead of cutting off what is too long.")
  public boolean chunk;

  @Option(
      names = "--chunk-tokens",
      paramLabel = "COUNT",
      description = "Maximum number of tokens per chunk, prefix and special tokens included.")
  int tokens = Chunking.USUAL_TOKENS;

  @Option(
      names = "--chunk-overlap",
      paramLabel = "COUNT",
      description =
          "Maximum number of tokens that a chunk repeats of the one before; an eighth of --chunk-tokens by default.")
  @Nullable Integer overlap;

  @Option(
      names = "--chunk-title",
      paramLabel = "NAME",
      description =
          "A column that is put in front of each chunk, within its tokens; it is kept in the vector table.")
  String title = "";

  /**
   * How documents are cut; null if they are not.
   *
   * @throws IllegalArgumentException if a number is out of range, or there is one without --chunk
   */
  public @Nullable DocumentChunks chunks(CommandSpec spec) {
    if (!chunk) {
      for (String option : NAMES) {
        if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
          throw new IllegalArgumentException(
              "Invalid option: %s without --chunk (it is for --chunk)".formatted(option));
        }
      }
      return null;
    }
    Chunking chunking =
        overlap == null ? Chunking.of(tokens) : new Chunking(tokens, overlap);
    return new DocumentChunks(chunking, title);
  }

  /** Further columns to carry over, the title among them. */
  public List<String> kept(List<String> columns) {
    return !chunk || title.isEmpty() || columns.contains(title)
        ? columns
        : Stream.concat(columns.stream(), Stream.of(title))
            .toList();
  }
}
