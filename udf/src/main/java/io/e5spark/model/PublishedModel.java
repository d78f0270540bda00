package io.e5spark.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A published E5 model of BERT's architecture, as {@code https://huggingface.co/intfloat} has it.
 */
public enum PublishedModel {
  E5_SMALL(384, 12),
  E5_SMALL_V2(384, 12),
  E5_SMALL_UNSUPERVISED(384, 12),
  E5_BASE(768, 12),
  E5_BASE_V2(768, 12),
  E5_BASE_UNSUPERVISED(768, 12),
  E5_LARGE(1_024, 24),
  E5_LARGE_V2(1_024, 24),
  E5_LARGE_UNSUPERVISED(1_024, 24);

  private static final String HUB = "intfloat/";

  private static final List<String> FILES =
      List.of(
          "config.json",
          "tokenizer.json",
          "model.safetensors",
          "modules.json",
          "1_Pooling/config.json",
          "sentence_bert_config.json");

  private final int dimension;
  private final int layers;

  PublishedModel(int dimension, int layers) {
    this.dimension = dimension;
    this.layers = layers;
  }

  int dimension() {
    return dimension;
  }

  int layers() {
    return layers;
  }

  /** The model of this name, or with this id on Hugging Face's hub. */
  public static Optional<PublishedModel> named(String name) {
    return Arrays.stream(values()).filter(model -> model.isNamed(name)).findFirst();
  }

  private boolean isNamed(String name) {
    return name.equals(toString()) || name.equals(HUB + this);
  }

  /**
   * Checks what was found under its name.
   *
   * @param found dimension of its vectors
   * @throws IllegalArgumentException if it is of another model
   */
  public void requireDimension(int found) {
    if (found != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot use model %s: what is there gives vectors of dimension %d (must be %d)",
              this,
              found,
              dimension));
    }
  }

  /**
   * Checks what a checkpoint of its name has.
   *
   * @throws IllegalArgumentException if it is of another model
   */
  public void requireShape(int foundLayers, int foundDimension) {
    if (foundDimension != dimension || foundLayers != layers) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "it has %d layers and dimension %d (%s has %d and %d)",
              foundLayers,
              foundDimension,
              this,
              layers,
              dimension));
    }
  }

  /**
   * How to get the model.
   *
   * @param directory where it would be looked for
   */
  public String instructions(String directory) {
    return "put %s of https://huggingface.co/intfloat/%s into a directory DIR, then model import --from DIR --to %s"
        .formatted(String.join(", ", FILES), this, directory);
  }

  /** Its usual name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
