package io.e5spark.report;

/** Hears how an evaluation goes on. */
public interface Stages {
  /**
   * Does a part of the work, and tells people of it meanwhile.
   *
   * @param what the part, for people
   * @param texts that it embeds
   */
  void run(String what, long texts, Runnable work);

  /** Something is odd, but can be evaluated. */
  void warn(String warning);
}
