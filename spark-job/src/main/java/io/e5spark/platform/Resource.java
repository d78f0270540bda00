package io.e5spark.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A text file in UTF-8 that comes with the classes of the application.
 *
 * @param beside the class whose package and loader find it
 * @param name relative to that package or, with a leading slash, to the class path
 */
public record Resource(Class<?> beside, String name) {

  /**
   * Its content.
   *
   * @throws IllegalStateException if it is not on the class path
   * @throws UncheckedIOException if it cannot be read
   */
  public String text() {
    try (InputStream stream = beside.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(
            "Cannot read resource %s: it is not on the class path of %s"
                .formatted(name, beside.getName()));
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read resource %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
