package io.e5spark.model.card;

import java.io.IOException;
import java.io.InputStream;

/** Files by name, on whatever file system. */
public interface NamedFiles {
  /**
   * Whether there is a file with this name.
   *
   * @param file relative to the directory of the model, with {@code /}
   */
  boolean has(String file) throws IOException;

  /** Opens a file at its first byte. */
  InputStream open(String file) throws IOException;
}
