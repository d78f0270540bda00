package io.e5spark.model;

import com.google.gson.annotations.SerializedName;
import java.util.Locale;

/** How the token vectors of a text become one vector. */
public enum Pooling {
  /** Their mean over real tokens. */
  @SerializedName("mean")
  MEAN,
  /** The vector of the first token, which is called {@code [CLS]} or {@code <s>}. */
  @SerializedName("cls")
  CLS;

  /** The name that checkpoints use. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
