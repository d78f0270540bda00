package io.e5spark.model;

import io.e5spark.config.VectorSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A published model of the E5 family or close to it, as on the Hugging Face Hub. Its encoder is
 * that of BERT or XLM-R.
 */
public enum PublishedModel {
  E5_SMALL(Family.E5, "e5-small", 384, 12),
  E5_SMALL_V2(Family.E5, "e5-small-v2", 384, 12),
  E5_SMALL_UNSUPERVISED(Family.E5, "e5-small-unsupervised", 384, 12),
  E5_BASE(Family.E5, "e5-base", 768, 12),
  E5_BASE_V2(Family.E5, "e5-base-v2", 768, 12),
  E5_BASE_UNSUPERVISED(Family.E5, "e5-base-unsupervised", 768, 12),
  E5_LARGE(Family.E5, "e5-large", 1_024, 24),
  E5_LARGE_V2(Family.E5, "e5-large-v2", 1_024, 24),
  E5_LARGE_UNSUPERVISED(Family.E5, "e5-large-unsupervised", 1_024, 24),
  MULTILINGUAL_E5_SMALL(Family.E5, "multilingual-e5-small", 384, 12),
  MULTILINGUAL_E5_BASE(Family.E5, "multilingual-e5-base", 768, 12),
  MULTILINGUAL_E5_LARGE(Family.E5, "multilingual-e5-large", 1_024, 24),
  MULTILINGUAL_E5_LARGE_INSTRUCT(Family.INSTRUCT, "multilingual-e5-large-instruct", 1_024, 24),
  ARCTIC_EMBED_S(Family.ARCTIC, "snowflake-arctic-embed-s", 384, 12),
  ARCTIC_EMBED_M(Family.ARCTIC, "snowflake-arctic-embed-m", 768, 12),
  ARCTIC_EMBED_L(Family.ARCTIC, "snowflake-arctic-embed-l", 1_024, 24),
  BGE_SMALL_EN(Family.BGE, "bge-small-en-v1.5", 384, 12),
  BGE_BASE_EN(Family.BGE, "bge-base-en-v1.5", 768, 12),
  BGE_LARGE_EN(Family.BGE, "bge-large-en-v1.5", 1_024, 24),
  GTE_SMALL(Family.GTE, "gte-small", 384, 12),
  GTE_BASE(Family.GTE, "gte-base", 768, 12),
  GTE_LARGE(Family.GTE, "gte-large", 1_024, 24),
  ALL_MINILM_L6_V2(Family.MINILM, "all-MiniLM-L6-v2", 384, 6, 256),
  ALL_MINILM_L12_V2(Family.MINILM, "all-MiniLM-L12-v2", 384, 12, 128);

  private static final String RETRIEVAL =
      "Represent this sentence for searching relevant passages: ";
  private static final List<String> FILES =
      List.of(
          "config.json",
          "tokenizer.json",
          "model.safetensors",
          "modules.json",
          "1_Pooling/config.json",
          "sentence_bert_config.json",
          "config_sentence_transformers.json",
          "tokenizer_config.json");

  private final Family family;
  private final String id;
  private final int dimension;
  private final int layers;
  private final int maxTokens;

  PublishedModel(Family family, String id, int dimension, int layers) {
    this(family, id, dimension, layers, VectorSettings.LONGEST);
  }

  PublishedModel(Family family, String id, int dimension, int layers, int maxTokens) {
    this.family = family;
    this.id = id;
    this.dimension = dimension;
    this.layers = layers;
    this.maxTokens = maxTokens;
  }

  /** Who published a model, and what the models of this publisher have in common. */
  private enum Family {
    E5("intfloat", Pooling.MEAN, Prompts.E5.query(), Prompts.E5.passage()),
    INSTRUCT("intfloat", Pooling.MEAN, "Instruct: {task}\nQuery: ", ""),
    ARCTIC("Snowflake", Pooling.CLS, RETRIEVAL, ""),
    BGE("BAAI", Pooling.CLS, RETRIEVAL, ""),
    GTE("thenlper", Pooling.MEAN, "", ""),
    MINILM("sentence-transformers", Pooling.MEAN, "", "");

    private final String owner;
    private final Pooling pooling;
    private final String query;
    private final String passage;

    Family(String owner, Pooling pooling, String query, String passage) {
      this.owner = owner;
      this.pooling = pooling;
      this.query = query;
      this.passage = passage;
    }
  }

  public int dimension() {
    return dimension;
  }

  public int layers() {
    return layers;
  }

  /** How the vectors of its tokens become one. */
  public Pooling pooling() {
    return family.pooling;
  }

  /** What goes in front of its texts. */
  public Prompts prompts() {
    return new Prompts(family.query, family.passage);
  }

  /** Its longest input, including the special tokens. */
  public int maxTokens() {
    return maxTokens;
  }

  /** Its id on the hub. */
  public String hubId() {
    return family.owner + "/" + id;
  }

  /** The model with this name, or with this id on the Hugging Face Hub. */
  public static Optional<PublishedModel> named(String name) {
    return Arrays.stream(values()).filter(model -> model.isNamed(name)).findFirst();
  }

  private boolean isNamed(String name) {
    return name.equals(id) || name.equals(hubId());
  }

  /**
   * Checks the model that was found under this name.
   *
   * @param found the dimension of its vectors
   * @throws IllegalArgumentException if it is another model
   */
  public void requireDimension(int found) {
    if (found != dimension) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot use model %s: its vectors have dimension %d (must be %d)",
              this,
              found,
              dimension));
    }
  }

  /**
   * Checks the shape of a checkpoint of this name.
   *
   * @throws IllegalArgumentException if it is another model
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
   * @param directory the directory in which it would be looked up
   */
  public String instructions(String directory) {
    return "put %s (those that there are) of https://huggingface.co/%s into a directory DIR, then model import --from DIR --to %s"
        .formatted(String.join(", ", FILES), hubId(), directory);
  }

  /** Its usual name. */
  @Override
  public String toString() {
    return id;
  }
}
