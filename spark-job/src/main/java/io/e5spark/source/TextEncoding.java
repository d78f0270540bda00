package io.e5spark.source;

/** The messages about text files that are not in their encoding. */
final class TextEncoding {
  static final String NUL =
      "it has NUL bytes (name the encoding with --encoding if it is, for example, UTF-16)";

  private TextEncoding() {}

  static String problem(FileForm form) {
    return form.isUtf8()
        ? "it is not UTF-8 (name its encoding with --encoding, for example windows-1252 or UTF-16)"
        : "it is not %s (name its encoding with --encoding)".formatted(form.encoding());
  }
}
