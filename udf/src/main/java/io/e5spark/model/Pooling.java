package io.e5spark.model;

import com.google.gson.annotations.SerializedName;
import java.util.Arrays;
import java.util.Locale;

/** How the token vectors of a text become one vector. */
public enum Pooling {
  /** Their mean over real tokens. */
  @SerializedName("mean")
  MEAN,
  /** The vector of the first token, which is called {@code [CLS]} or {@code <s>}. */
  @SerializedName("cls")
  CLS;

  /**
   * The pooling of this name.
   *
   * @throws IllegalArgumentException if there is none, or it is not served
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

  /** The name that checkpoints use. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
