package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.EncoderConfig;
import io.e5spark.importer.checkpoint.Matrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a checkpoint as a graph of fused operators uses them.
 *
 * @param checkpoint the source of the weights
 */
record EncoderWeights(Checkpoint checkpoint) {
  private static final List<String> ATTENTION_PARTS = List.of("query", "key", "value");

  EncoderConfig config() {
    return checkpoint.config();
  }

  /** The vector of each word, {@code [vocabulary, hidden]}. */
  float[] words() throws IOException {
    return checkpoint.read(
        "embeddings.word_embeddings.weight", config().vocabulary(), config().hidden());
  }

  /** The vector of each position, including that of token type 0, {@code [positions, hidden]}. */
  float[] positions() throws IOException {
    int size = config().hidden();
    int first = config().firstPosition();
    int rows = first + config().positions();
    float[] all = checkpoint.read("embeddings.position_embeddings.weight", rows, size);
    float[] positions = Arrays.copyOfRange(all, first * size, all.length);
    float[] types =
        checkpoint.read("embeddings.token_type_embeddings.weight", config().types(), size);
    for (int i = 0; i < positions.length; i++) {
      positions[i] += types[i % size];
    }
    return positions;
  }

  float[] vector(String name, int size) throws IOException {
    return checkpoint.read(name, size);
  }

  /** The weights of a linear layer, {@code [in, out]}. */
  Matrix linear(String name, int out, int in) throws IOException {
    String weight = name + ".weight";
    return Matrix.transposed(weight, checkpoint.read(weight, out, in), out, in);
  }

  /** The weights of query, key and value side by side, {@code [hidden, 3 hidden]}. */
  Matrix attention(String name) throws IOException {
    int size = config().hidden();
    float[] all = new float[Math.multiplyExact(3, size * size)];
    for (int part = 0; part < ATTENTION_PARTS.size(); part++) {
      float[] one = checkpoint.read(name + ATTENTION_PARTS.get(part) + ".weight", size, size);
      System.arraycopy(one, 0, all, part * size * size, size * size);
    }
    return Matrix.transposed(name + "qkv", all, 3 * size, size);
  }

  /** {@code [3 hidden]}. */
  float[] attentionBias(String name) throws IOException {
    int size = config().hidden();
    float[] all = new float[3 * size];
    for (int part = 0; part < ATTENTION_PARTS.size(); part++) {
      float[] one = checkpoint.read(name + ATTENTION_PARTS.get(part) + ".bias", size);
      System.arraycopy(one, 0, all, part * size, size);
    }
    return all;
  }
}
