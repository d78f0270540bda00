package io.e5spark.report;

import java.util.regex.Pattern;

/** Removes what a text must not contain when others may read it. */
public final class Secrets {
  private static final Pattern SECRET_SETTING =
      Pattern.compile(
          "(spark\\.[^=\\s]*(?:secret|passw(?:or)?d|token(?!s)|access.?key|api.?key|account.?key|private.?key|encryption.?key|passphrase|credential|jaas)[^=]*=).*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern SECRET_PROPERTY =
      Pattern.compile(
          "(-D[^=\\s]*(?:secret|passw(?:or)?d|token(?!s)|key|passphrase|credential)[^=\\s]*=)\\S+",
          Pattern.CASE_INSENSITIVE);

  private Secrets() {}

  /**
   * A word of a command; of a setting of Spark or a property of Java that is a secret by its name,
   * only the name.
   */
  public static String hiddenWord(String word) {
    String plain = SECRET_PROPERTY.matcher(word).replaceAll("$1***");
    return SECRET_SETTING.matcher(plain).replaceAll("$1***");
  }

  /**
   * The text without the user and the password in its addresses, even if a password contains
   * slashes, and without signatures.
   */
  public static String hidden(String text) {
    return text.replaceAll("://[^\\s\"@/:]*:[^\\s\"]*@", "://***@")
        .replaceAll("([?&](?:sig|signature|token|password)=)[^&\\s\"]+", "$1***");
  }
}
