package io.e5spark.report;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;

/**
 * Writes text that a terminal may show: control characters, and characters that reverse the text
 * around them, appear as JSON escapes. A JSON document stays the same document.
 */
public final class PrintableWriter extends Writer {
  private final Writer out;

  /** Writes to another writer. */
  public PrintableWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    int begin = offset;
    for (int i = offset; i < offset + length; i++) {
      if (!isPrintable(characters[i])) {
        out.write(characters, begin, i - begin);
        out.write(String.format(Locale.ROOT, "\\u%04x", (int) characters[i]));
        begin = i + 1;
      }
    }
    out.write(characters, begin, offset + length - begin);
  }

  private static boolean isPrintable(char c) {
    boolean layout = c == '\n' || c == '\t';
    boolean separator = c == '\u2028' || c == '\u2029';
    boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    return layout || !(Character.isISOControl(c) || separator || direction);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
