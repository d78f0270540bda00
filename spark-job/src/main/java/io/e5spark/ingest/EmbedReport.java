package io.e5spark.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.e5spark.platform.Count;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an embed job did.
 *
 * @param input where the texts came from
 * @param output the vector table
 * @param tableVersion the version that the job wrote
 * @param model what the user called the model
 * @param fingerprint the SHA-256 over everything that decides a vector
 * @param dimension the dimension of the vectors
 * @param device where the model ran: cpu, cuda, or both if executors differ
 * @param deviceBusyPercent how much of the time of the embedding stages, including loading, the
 *     models of the executors were at work; null if tasks call the model themselves
 * @param inputType query or passage
 * @param rows the rows by their outcome
 * @param merge what a merge found; null in other modes. In a merge, {@code rows} are the distinct
 *     texts
 * @param tokens the real tokens that the model was given, including the prefix and the special
 *     tokens
 * @param paddingPercent the share of padding in everything that the model was given
 * @param seconds where the time went
 * @param textsPerSecond the rows with a vector, divided by the wall time of the job
 * @param tokensPerSecond the tokens, divided by the wall time of the job
 */
@JsonPropertyOrder({"input", "output"})
public record EmbedReport(
    String input,
    String output,
    long tableVersion,
    String model,
    String fingerprint,
    int dimension,
    String device,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double deviceBusyPercent,
    String inputType,
    Rows rows,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Merge merge,
    long tokens,
    double paddingPercent,
    Seconds seconds,
    double textsPerSecond,
    double tokensPerSecond) {

  /**
   * The rows by their outcome.
   *
   * @param read all rows of the source
   * @param embedded rows with a vector
   * @param nulls rows without a text
   * @param failed rows with an error instead of a vector
   * @param truncated rows whose text exceeded the longest input
   * @param duplicates rows that share the vector of an equal text
   * @param prefixed rows whose text got a prompt of the model although it already had one
   */
  public record Rows(
      long read,
      long embedded,
      long nulls,
      long failed,
      long truncated,
      long duplicates,
      long prefixed) {}

  /**
   * What a merge found.
   *
   * @param unchanged rows whose key, text and kept columns the table already had
   * @param written new and changed rows
   * @param reused those of them that took the vector of an equal text
   * @param deleted rows that were deleted because the source lacks their key
   * @param surplus chunks that were deleted because their document has fewer; null if rows are
   *     whole documents
   * @param slices the commits
   * @param changesAfter the version of the source after which its change data feed was read; null
   *     if the whole source was read
   * @param reached the version from which the next merge may read the feed; null if it must read
   *     everything
   */
  public record Merge(
      long unchanged,
      long written,
      long reused,
      long deleted,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long surplus,
      long slices,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long changesAfter,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FeedPosition reached) {
    static final Merge NOTHING = new Merge(0, 0, 0, 0, null, 0, null, null);

    /** The sum of both merges. */
    Merge plus(Merge other) {
      return new Merge(
          unchanged + other.unchanged,
          written + other.written,
          reused + other.reused,
          deleted + other.deleted,
          sum(surplus, other.surplus),
          slices + other.slices,
          null,
          null);
    }

    private static @Nullable Long sum(@Nullable Long a, @Nullable Long b) {
      return a == null || b == null ? (a == null ? b : a) : (Long) (a + b);
    }

    public String summary() {
      return String.format(
              Locale.ROOT,
              "%nMerged   %s in %s, %,d with the vector of an equal text; %,d unchanged, %,d deleted",
              Count.of(written, "row"),
              Count.of(slices, "commit"),
              reused,
              unchanged,
              deleted)
          + (surplus == null
              ? ""
              : ", %s fewer in documents that changed".formatted(Count.of(surplus, "chunk")))
          + (changesAfter == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  "%nRead     only what changed in the source after version %d",
                  changesAfter));
    }
  }

  /**
   * Where the time went.
   *
   * @param total the wall time of the job, without the start of Spark
   * @param tokenizing the time that all tasks spent in the tokenizer
   * @param model the time of all calls of the model
   * @param waiting the time that all tasks waited for the model
   * @param readingAndWriting the time that all tasks spent on everything else
   */
  public record Seconds(
      double total, double tokenizing, double model, double waiting, double readingAndWriting) {}

  /** A few lines for people. */
  public String summary() {
    return String.format(
            Locale.ROOT,
            """
        Embedded %,d of %s (%,d null, %,d failed, %,d truncated, %s)
        Tokens   %,d, padding %.1f %%
        Speed    %s, %.1f s (task seconds: tokenizing %.1f, model %.1f, reading and writing %.1f)
        Model    %s, dimension %d, %s, fingerprint %s
        Table    %s, version %d""",
            rows.embedded,
            Count.of(rows.read, "row"),
            rows.nulls,
            rows.failed,
            rows.truncated,
            Count.of(rows.duplicates, "duplicate"),
            tokens,
            paddingPercent,
            speed(),
            seconds.total,
            seconds.tokenizing,
            seconds.model,
            seconds.readingAndWriting,
            model,
            dimension,
            inputType,
            fingerprint,
            output,
            tableVersion)
        + (merge == null ? "" : merge.summary());
  }

  private String speed() {
    if (tokens == 0) {
      return "nothing to embed";
    }
    String busy =
        deviceBusyPercent == null
            ? ""
            : String.format(Locale.ROOT, ", %.0f %% busy", deviceBusyPercent);
    return String.format(
        Locale.ROOT,
        "%,.1f texts/s, %,.0f tokens/s on %s%s",
        textsPerSecond,
        tokensPerSecond,
        device,
        busy);
  }
}
