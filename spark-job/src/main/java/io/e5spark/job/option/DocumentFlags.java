package io.e5spark.job.option;

import io.e5spark.chunk.Chunking;
import io.e5spark.chunked.DocumentChunks;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the documents of a source are cut into chunks, and what goes in front of each. */
public final class DocumentFlags {
  private static final String TITLE = "--chunk-title";

  @Mixin ChunkFlags flags = new ChunkFlags();

  @Option(
      names = TITLE,
      paramLabel = "NAME",
      description =
          "A column to put in front of each chunk, within its token budget; embed keeps it in the table.")
  @Nullable String title;

  /**
   * How they are cut; null if they are not.
   *
   * @throws IllegalArgumentException as {@link ChunkFlags#chunking} does
   */
  public @Nullable DocumentChunks chunks() {
    flags.requireChunk(TITLE, title);
    Chunking chunking = flags.chunking();
    return chunking == null ? null : new DocumentChunks(chunking, title == null ? "" : title);
  }

  /** The columns to carry over, including the title. */
  public List<String> kept(List<String> columns) {
    return title == null || columns.contains(title)
        ? columns
        : Stream.concat(columns.stream(), Stream.of(title)).toList();
  }
}
