package io.e5spark.model.card;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Files that are written in a test. */
public final class TextFiles implements NamedFiles {
  private final Map<String, String> texts = new HashMap<>();

  /** The same with one more, or with another text in one. */
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
