package io.e5spark.source;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;

/**
 * How the files of a source are written.
 *
 * @param format how texts are stored
 * @param encoding the name of the character set of text files
 * @param separator the separator of the fields of CSV, one character
 */
public record FileForm(SourceFormat format, String encoding, String separator)
    implements Serializable {
  private static final Set<String> BYTES_OF_NEWLINES_DIFFER =
      Set.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE");

  /** The encodings in which every version of Spark reads lines of JSON. */
  private static final Set<String> ENCODINGS_OF_JSON = Set.of("UTF-8", "ISO-8859-1", "US-ASCII");

  /**
   * A form.
   *
   * @throws IllegalArgumentException if the character set does not exist, the separator is not one
   *     character, or the format cannot be read in this encoding
   */
  public FileForm {
    encoding = charset(encoding).name();
    separator = separator.equals("\\t") ? "\t" : separator;
    if (separator.length() != 1 || "\"\r\n".contains(separator)) {
      throw new IllegalArgumentException(
          "Invalid csv-separator: '%s' (must be one character such as , ; or \\t)"
              .formatted(separator));
    }
    if (format.isLines() && BYTES_OF_NEWLINES_DIFFER.contains(encoding)) {
      throw invalid(encoding, "UTF-8 or a character set of one byte per character", format);
    }
    if (format == SourceFormat.JSON && !ENCODINGS_OF_JSON.contains(encoding)) {
      throw invalid(encoding, "UTF-8 or ISO-8859-1", format);
    }
  }

  private static IllegalArgumentException invalid(
      String encoding, String right, SourceFormat format) {
    return new IllegalArgumentException(
        "Invalid encoding: %s (must be %s where the format is %s)"
            .formatted(encoding, right, format));
  }

  /** UTF-8, with commas. */
  public static FileForm of(SourceFormat format) {
    return new FileForm(format, "UTF-8", ",");
  }

  /** The same form with the format that was found out. */
  FileForm as(SourceFormat found) {
    return new FileForm(found, encoding, separator);
  }

  Charset charset() {
    return Charset.forName(encoding);
  }

  boolean isUtf8() {
    return charset().equals(StandardCharsets.UTF_8);
  }

  /**
   * The encoding for Spark's CSV reader. Not every version knows every character set, but each
   * knows the one whose characters are the bytes.
   */
  String encodingOfCsv() {
    return isOneByteOfMany() ? StandardCharsets.ISO_8859_1.name() : encoding;
  }

  /** Whether CSV is read byte by byte and decoded afterwards. */
  boolean isOneByteOfMany() {
    return !isUtf8() && !BYTES_OF_NEWLINES_DIFFER.contains(encoding);
  }

  private static Charset charset(String name) {
    try {
      boolean isLatin = name.toLowerCase(Locale.ROOT).equals("latin-1");
      return isLatin ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "Invalid encoding: %s (must be a character set such as UTF-8, ISO-8859-1, windows-1252 or UTF-16)"
              .formatted(name),
          e);
    }
  }
}
