package io.e5spark.ingest;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;

/** A streaming query that a thread waits for, and that does not outlive the waiting. */
record AwaitedQuery(StreamingQuery query) {
  /**
   * Waits until the query ends.
   *
   * @throws IllegalStateException if this thread is interrupted, in which case the query is stopped
   * @throws RuntimeException the failure that ended the query
   */
  void await() {
    try {
      query.awaitTermination();
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names, that of an interrupt among them.
      if (e instanceof InterruptedException) {
        stop(e);
        Thread.currentThread().interrupt();
        throw new IllegalStateException(
            "Cannot continue the stream: it was interrupted (the same command continues where it stopped)",
            e);
      }
      throw cause(e);
    }
  }

  private void stop(Exception reason) {
    try {
      query.stop();
    } catch (TimeoutException | RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private static RuntimeException cause(Exception failure) {
    if (failure instanceof StreamingQueryException
        && failure.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(String.valueOf(failure.getMessage()), failure);
  }
}
