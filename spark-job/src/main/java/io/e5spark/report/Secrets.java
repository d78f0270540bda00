package io.e5spark.report;

/** What a text must not say when others may read it. */
public final class Secrets {
  private Secrets() {}

  /**
   * The text without user and password of its addresses, also where a password has slashes, and
   * without signatures.
   */
  public static String hidden(String text) {
    return text.replaceAll("://[^\\s\"@/:]*:[^\\s\"]*@", "://***@")
        .replaceAll("([?&](?:sig|signature|token|password)=)[^&\\s\"]+", "$1***");
  }
}
