package io.e5spark.model.card;

import java.io.IOException;
import java.io.InputStream;

/** Files by name, wherever they lie. */
public interface NamedFiles {
  /**
   * Whether there is a file of this name.
   *
   * @param file relative to the model's directory, with {@code /}
   */
  boolean has(String file) throws IOException;

  /** Reads a file from its first byte. */
  InputStream open(String file) throws IOException;
}
