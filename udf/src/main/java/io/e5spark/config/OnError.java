package io.e5spark.config;

/** What happens to a text that cannot be embedded. */
public enum OnError {
  /** It fails the task, and so the job. */
  FAIL,
  /** Its vector is null and its error says why. */
  NULL
}
