package io.e5spark.importer.checkpoint;

import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A Hugging Face checkpoint of any shape, with made-up weights.
 *
 * @param positions the largest number of tokens per text
 * @param type the type of the weights: F32, F16 or BF16
 * @param prefix the prefix of tensor names: empty, {@code bert.} or {@code roberta.}
 */
public record SyntheticCheckpoint(
    Family family,
    int hidden,
    int layers,
    int heads,
    int vocabulary,
    int positions,
    String type,
    String prefix) {

  /** Describes a checkpoint of a BERT. */
  public SyntheticCheckpoint(
      int hidden,
      int layers,
      int heads,
      int vocabulary,
      int positions,
      String type,
      String prefix) {
    this(Family.BERT, hidden, layers, heads, vocabulary, positions, type, prefix);
  }

  /** The properties that all encoders of a family share. */
  public enum Family {
    BERT("bert", 0, 2, "1e-12"),
    XLM_R("xlm-roberta", 2, 1, "1e-05");

    private final String model;
    private final int firstPosition;
    private final int types;
    private final String epsilon;

    Family(String model, int firstPosition, int types, String epsilon) {
      this.model = model;
      this.firstPosition = firstPosition;
      this.types = types;
      this.epsilon = epsilon;
    }

    private String tokenizer(int vocabulary) {
      return this == BERT
          ? ToyModel.tokenizer(vocabulary - ToyModel.SPECIAL.size())
          : UnigramTokenizer.json(vocabulary);
    }
  }

  /** The numbers in the tensors, by tensor and place. */
  public interface Numbers {
    float at(String tensor, int place);
  }

  /** Writes {@code config.json}, {@code tokenizer.json}, random weights, and E5's prompts. */
  public Path in(Path directory) throws IOException {
    Random random = new Random(3);
    return in(directory, (tensor, place) -> random(random, tensor));
  }

  /**
   * Writes {@code config.json}, {@code tokenizer.json}, {@code model.safetensors}, and E5's
   * prompts.
   */
  public Path in(Path directory, Numbers numbers) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), config());
    Files.writeString(directory.resolve("tokenizer.json"), family.tokenizer(vocabulary));
    Files.writeString(
        directory.resolve("config_sentence_transformers.json"),
        "{\"prompts\":{\"query\":\"query: \",\"passage\":\"passage: \"}}");
    new SyntheticWeights(tensors(), type, prefix)
        .write(directory.resolve("model.safetensors"), numbers);
    return directory;
  }

  private String config() {
    return """
        {"model_type":"%s","hidden_act":"gelu","hidden_size":%d,"num_hidden_layers":%d,
         "num_attention_heads":%d,"intermediate_size":%d,"vocab_size":%d,"pad_token_id":%d,
         "max_position_embeddings":%d,"type_vocab_size":%d,"layer_norm_eps":%s}
        """
        .formatted(
            family.model,
            hidden,
            layers,
            heads,
            4 * hidden,
            vocabulary,
            Math.max(0, family.firstPosition - 1),
            family.firstPosition + positions,
            family.types,
            family.epsilon);
  }

  /** Returns the names and shapes of the tensors in the order of the file. */
  Map<String, int[]> tensors() {
    Map<String, int[]> tensors = new LinkedHashMap<>();
    int rows = family.firstPosition + positions;
    tensors.put("embeddings.word_embeddings.weight", new int[] {vocabulary, hidden});
    tensors.put("embeddings.position_embeddings.weight", new int[] {rows, hidden});
    tensors.put("embeddings.token_type_embeddings.weight", new int[] {family.types, hidden});
    norm(tensors, "embeddings.LayerNorm");
    for (int layer = 0; layer < layers; layer++) {
      String name = "encoder.layer." + layer + ".";
      linear(tensors, name + "attention.self.query", hidden, hidden);
      linear(tensors, name + "attention.self.key", hidden, hidden);
      linear(tensors, name + "attention.self.value", hidden, hidden);
      linear(tensors, name + "attention.output.dense", hidden, hidden);
      norm(tensors, name + "attention.output.LayerNorm");
      linear(tensors, name + "intermediate.dense", 4 * hidden, hidden);
      linear(tensors, name + "output.dense", hidden, 4 * hidden);
      norm(tensors, name + "output.LayerNorm");
    }
    return tensors;
  }

  private static void linear(Map<String, int[]> tensors, String name, int out, int in) {
    tensors.put(name + ".weight", new int[] {out, in});
    tensors.put(name + ".bias", new int[] {out});
  }

  private void norm(Map<String, int[]> tensors, String name) {
    tensors.put(name + ".weight", new int[] {hidden});
    tensors.put(name + ".bias", new int[] {hidden});
  }

  /**
   * Returns a random weight as in trained models: the scales of norms are around 1, and matrices
   * neither amplify nor dampen signals.
   */
  private float random(Random random, String name) {
    boolean scale = name.endsWith("LayerNorm.weight");
    double deviation = name.endsWith(".bias") ? 0.05 : 1 / Math.sqrt(hidden);
    return (float) (scale ? 1 + 0.1 * random.nextGaussian() : deviation * random.nextGaussian());
  }
}
