package io.e5spark.report;

/**
 * A failure of work that had begun. Its type would say that the run was refused; its cause has it.
 */
public final class FailedWork extends RuntimeException {
  private static final long serialVersionUID = 1;

  FailedWork(Exception cause) {
    super(cause.getMessage(), cause);
  }
}
