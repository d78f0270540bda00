package io.e5spark.report;

/** Receives the progress of an evaluation. */
public interface Stages {
  /**
   * Does a part of the work, and reports its progress.
   *
   * @param what the part, as messages call it
   * @param texts the number of texts that it embeds
   */
  void run(String what, long texts, Runnable work);

  /** Reports something that is odd, but does not prevent an evaluation. */
  void warn(String warning);
}
