package io.e5spark.model;

import com.google.gson.annotations.SerializedName;
import java.util.Arrays;
import java.util.Locale;

/** How the vectors of the tokens of a text become one vector. */
public enum Pooling {
  /** The mean over the real tokens. */
  @SerializedName("mean")
  MEAN,
  /** The vector of the first token, which is called {@code [CLS]} or {@code <s>}. */
  @SerializedName("cls")
  CLS;

  /**
   * The pooling with this name.
   *
   * @throws IllegalArgumentException if there is none, or this library does not support it
   */
  static Pooling of(String name) {
    return Arrays.stream(values())
        .filter(pooling -> pooling.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "its pooling is %s (must be mean or cls)".formatted(name)));
  }

  /** The name in checkpoints. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
