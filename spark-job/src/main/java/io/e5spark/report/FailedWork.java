package io.e5spark.report;

/**
 * A failure after the work had begun. The type of its cause alone would look like a rejected
 * argument.
 */
public final class FailedWork extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedWork(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
