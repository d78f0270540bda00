package io.e5spark.report;

/** Removes what a text must not contain when others may read it. */
public final class Secrets {
  private Secrets() {}

  /**
   * The text without the user and the password in its addresses, even if a password contains
   * slashes, and without signatures.
   */
  public static String hidden(String text) {
    return text.replaceAll("://[^\\s\"@/:]*:[^\\s\"]*@", "://***@")
        .replaceAll("([?&](?:sig|signature|token|password)=)[^&\\s\"]+", "$1***");
  }
}
