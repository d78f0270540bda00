package io.e5spark.ingest;

import io.e5spark.embed.Counter;
import io.e5spark.report.TaskCounters;
import io.e5spark.table.VectorProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Makes the report of a run from the counters of its tasks.
 *
 * @param start the start of the run, as {@link System#nanoTime}
 */
record CountedReport(IngestContext context, long start) {

  /** The report of a finished run, or of a running one with what it has merged so far. */
  EmbedReport with(EmbedReport.@Nullable Merge merged) {
    TaskCounters counters = context.counters();
    VectorProperties properties = context.properties();
    EmbedRequest request = context.request();
    double total = (System.nanoTime() - start) / 1e9;
    long nulls = counters.count(Counter.NULLS);
    long failed = counters.count(Counter.FAILED);
    long embedded = counters.count(Counter.ROWS) - nulls - failed;
    long tokens = counters.count(Counter.TOKENS);
    double padding = counters.count(Counter.PADDING);
    double tokenizing = counters.count(Counter.TOKENIZING) / 1e9;
    double model = counters.count(Counter.MODEL) / 1e9;
    OptionalDouble busy = context.embeddingTime().busyPercent();
    double waiting = counters.count(Counter.WAITING) / 1e9;
    return new EmbedReport(
        request.source().input(),
        request.output(),
        context.table().version(),
        properties.model(),
        properties.fingerprint(),
        properties.dimension(),
        device(),
        busy.isPresent() ? (Double) busy.getAsDouble() : null,
        request.inputType().label(),
        new EmbedReport.Rows(
            counters.count(Counter.ROWS),
            embedded,
            nulls,
            failed,
            counters.count(Counter.TRUNCATED),
            counters.count(Counter.DUPLICATES),
            counters.count(Counter.PREFIXED)),
        merged,
        tokens,
        tokens == 0 ? 0 : 100 * padding / (padding + tokens),
        new EmbedReport.Seconds(
            total,
            tokenizing,
            model,
            waiting,
            Math.max(0, counters.taskSeconds() - tokenizing - waiting)),
        embedded / total,
        tokens / total);
  }

  private String device() {
    TaskCounters counters = context.counters();
    List<String> devices = new ArrayList<>();
    if (counters.count(Counter.CPU_WINDOWS) > 0) {
      devices.add("cpu");
    }
    if (counters.count(Counter.GPU_WINDOWS) > 0) {
      devices.add("cuda");
    }
    return devices.isEmpty() ? "none" : String.join(" and ", devices);
  }
}
