package io.e5spark.config;

/** What happens to a text that cannot be embedded. */
public enum OnError {
  /** The text fails the task, and with it the job. */
  FAIL,
  /** The vector of the text is null, and its error says why. */
  NULL
}
