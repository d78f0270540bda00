package io.e5spark.model.card;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Named files that a test keeps in memory. */
public final class TextFiles implements NamedFiles {
  private final Map<String, String> texts = new HashMap<>();

  /** Adds a file, or replaces its text. */
  public TextFiles with(String name, String text) {
    texts.put(name, text);
    return this;
  }

  @Override
  public boolean has(String file) {
    return texts.containsKey(file);
  }

  @Override
  public InputStream open(String file) {
    return new ByteArrayInputStream(texts.get(file).getBytes(StandardCharsets.UTF_8));
  }
}
