package io.e5spark.sql.node;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.Embedding;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A constant to search for: a vector, or a text whose vector is computed when it is needed. */
public sealed interface QueryVector extends Serializable {
  /** Its components. */
  float[] components();

  /** The number of components. */
  int dimension();

  /** The same as a vector. */
  default Given given() {
    List<Float> vector = new ArrayList<>();
    for (float component : components()) {
      vector.add(component);
    }
    return new Given(List.copyOf(vector));
  }

  /** A given vector. */
  record Given(List<Float> vector) implements QueryVector {
    @Override
    public float[] components() {
      float[] components = new float[vector.size()];
      for (int i = 0; i < components.length; i++) {
        components[i] = vector.get(i);
      }
      return components;
    }

    @Override
    public int dimension() {
      return vector.size();
    }
  }

  /** A text, which is embedded on the driver. */
  record Text(String text, Settings settings, int dimension) implements QueryVector {
    @Override
    public float[] components() {
      List<@Nullable Embedding> embeddings =
          Models.embedRow(settings, InputType.QUERY, OnError.FAIL, List.of(text));
      return Objects.requireNonNull(Objects.requireNonNull(embeddings.get(0)).vector());
    }
  }
}
