package io.e5spark.importer.checkpoint;

import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A BERT checkpoint of random weights in any shape, as Hugging Face repositories have it.
 *
 * @param type F32, F16 or BF16
 * @param prefix of tensor names, empty or {@code bert.}
 */
public record SyntheticCheckpoint(
    int hidden, int layers, int heads, int vocabulary, int positions, String type, String prefix) {

  /**
   * Writes {@code config.json}, {@code tokenizer.json}, {@code model.safetensors}, and E5's prompts.
   */
  public Path in(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), config());
    Files.writeString(
        directory.resolve("tokenizer.json"),
        ToyModel.tokenizer(vocabulary - ToyModel.SPECIAL.size()));
    Files.writeString(
        directory.resolve("config_sentence_transformers.json"),
        "{\"prompts\":{\"query\":\"query: \",\"passage\":\"passage: \"}}");
    write(directory.resolve("model.safetensors"));
    return directory;
  }

  private String config() {
    return """
        {"model_type":"bert","hidden_act":"gelu","hidden_size":%d,"num_hidden_layers":%d,
         "num_attention_heads":%d,"intermediate_size":%d,"vocab_size":%d,
         "max_position_embeddings":%d,"type_vocab_size":2,"layer_norm_eps":1e-12}
        """
        .formatted(hidden, layers, heads, 4 * hidden, vocabulary, positions);
  }

  /** Names and sizes of the tensors in the order of the file. */
  Map<String, int[]> tensors() {
    Map<String, int[]> tensors = new LinkedHashMap<>();
    tensors.put("embeddings.word_embeddings.weight", new int[] {vocabulary, hidden});
    tensors.put("embeddings.position_embeddings.weight", new int[] {positions, hidden});
    tensors.put("embeddings.token_type_embeddings.weight", new int[] {2, hidden});
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

  private void write(Path file) throws IOException {
    long position = 0;
    Map<String, String> entries = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> tensor : tensors().entrySet()) {
      long bytes = (long) count(tensor.getValue()) * bytesANumber();
      entries.put(
          prefix + tensor.getKey(),
          "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  type, java.util.Arrays.toString(tensor.getValue()), position, position + bytes));
      position += bytes;
    }
    String header =
        entries.entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
            .collect(Collectors.joining(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}"));
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).array());
      out.write(json);
      Random random = new Random(3);
      for (Map.Entry<String, int[]> tensor : tensors().entrySet()) {
        out.write(numbers(random, tensor.getKey(), count(tensor.getValue())));
      }
    }
  }

  private static int count(int[] shape) {
    return java.util.Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  private int bytesANumber() {
    return type.equals("F32") ? 4 : 2;
  }

  /**
   * Sizes as trained models have them: norms around 1, matrices such that signals neither grow nor
   * fade.
   */
  private byte[] numbers(Random random, String name, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(count * bytesANumber()).order(ByteOrder.LITTLE_ENDIAN);
    boolean scale = name.endsWith("LayerNorm.weight");
    double deviation = name.endsWith(".bias") ? 0.05 : 1 / Math.sqrt(hidden);
    for (int i = 0; i < count; i++) {
      float value =
          (float) (scale ? 1 + 0.1 * random.nextGaussian() : deviation * random.nextGaussian());
      switch (type) {
        case "F32" -> bytes.putFloat(value);
        case "BF16" -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        default -> bytes.putShort(half(value));
      }
    }
    return bytes.array();
  }

  /** Cut, not rounded; tiny numbers become 0. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int exponent = ((bits >>> 23) & 0xff) - 112;
    int sign = (bits >>> 16) & 0x8000;
    return (short) (exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff));
  }
}
