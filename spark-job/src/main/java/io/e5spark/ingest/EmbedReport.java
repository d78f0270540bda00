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
 * @param fingerprint SHA-256 over all that decides a vector
 * @param dimension of the vectors
 * @param device where the model ran: cpu, cuda, or both if executors differ
 * @param deviceBusyPercent how much of the embedding stages' time the executors' models were at
 *     work, their loading included in the time; null where tasks call the model themselves
 * @param inputType query or passage
 * @param rows rows by what became of them
 * @param merge what a merge found; null in other modes. {@code rows} are then texts, each once
 * @param tokens real tokens given to the model, prefix and special tokens included
 * @param paddingPercent padding in all that was given to the model
 * @param seconds where the time went
 * @param textsPerSecond rows with a vector by the job's wall time
 * @param tokensPerSecond tokens by the job's wall time
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
   * Rows by what became of them.
   *
   * @param read all rows of the source
   * @param embedded rows with a vector
   * @param nulls rows without a text
   * @param failed rows with an error in place of a vector
   * @param truncated rows whose text was cut at the longest input
   * @param duplicates rows that share the vector of an equal text
   * @param prefixed rows whose text got a prompt of the model although it brought one
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
   * @param unchanged rows whose key, text and kept columns the table had
   * @param written new and changed rows
   * @param reused those of them that took the vector of an equal text
   * @param deleted rows that went since the source lacks their key
   * @param surplus chunks that went since their document has fewer; null where rows are whole
   *     documents
   * @param slices commits
   * @param changesAfter the source's version after which its change data feed was read; null where
   *     all of the source was
   * @param reached from where the next merge may read the feed; null if it must read everything
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

    /** Both together. */
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
   * @param total wall time of the job, without Spark's start
   * @param tokenizing time of all tasks in the tokenizer
   * @param model time of all calls of the model
   * @param waiting time that all tasks waited for the model
   * @param readingAndWriting time of all tasks in everything else
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
        Speed    %,.1f texts/s, %,.0f tokens/s on %s%s, %.1f s (task seconds: tokenizing %.1f, model %.1f, reading and writing %.1f)
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
            textsPerSecond,
            tokensPerSecond,
            device,
            deviceBusyPercent == null
                ? ""
                : String.format(Locale.ROOT, ", %.0f %% busy", deviceBusyPercent),
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
}
