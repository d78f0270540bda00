package io.e5spark.model;

import io.e5spark.config.VectorSettings;
import java.io.Serializable;

/**
 * What a model asks of whoever uses it.
 *
 * @param pooling how token vectors become one
 * @param prompts what goes in front of texts
 * @param maxTokens longest input, special tokens included
 */
public record ModelCard(Pooling pooling, Prompts prompts, int maxTokens) implements Serializable {
  /** That of E5 models of BERT's architecture, and of models that say nothing. */
  public static final ModelCard E5 =
      new ModelCard(Pooling.MEAN, Prompts.E5, VectorSettings.LONGEST);

  /** The card of a model: its manifest's where it was imported. */
  public static ModelCard of(ModelFiles files) {
    return ModelManifest.of(files).map(ModelManifest::card).orElse(E5);
  }
}
