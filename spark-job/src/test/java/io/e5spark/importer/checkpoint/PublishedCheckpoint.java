package io.e5spark.importer.checkpoint;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.ModelFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The built-in e5-small-v2 as the Hugging Face checkpoint from which its ONNX file was exported.
 * The weights of each product are transposed back, and named after the bias that the graph adds
 * next.
 */
public final class PublishedCheckpoint {
  private PublishedCheckpoint() {}

  /**
   * Writes {@code config.json}, {@code tokenizer.json}, {@code model.safetensors}, and E5's
   * prompts.
   */
  public static Path in(Path directory) throws IOException {
    ModelFiles files = BuiltInModel.E5_SMALL_V2;
    try (InputStream graph = files.open("model.onnx");
        InputStream tokenizer = files.open(ModelFiles.TOKENIZER)) {
      Files.createDirectories(directory);
      Files.write(directory.resolve("tokenizer.json"), tokenizer.readAllBytes());
      Files.writeString(
          directory.resolve("config.json"),
          """
          {"model_type":"bert","hidden_act":"gelu","hidden_size":384,"num_hidden_layers":12,
           "num_attention_heads":12,"intermediate_size":1536,"vocab_size":30522,
           "max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":1e-12}
          """);
      Files.writeString(
          directory.resolve("config_sentence_transformers.json"),
          "{\"prompts\":{\"query\":\"query: \",\"passage\":\"passage: \"}}");
      write(
          directory.resolve("model.safetensors"),
          tensors(ModelProto.parseFrom(graph.readAllBytes()).getGraph()));
    }
    return directory;
  }

  private record Tensor(List<Long> shape, ByteString bytes) {}

  private static Map<String, Tensor> tensors(GraphProto graph) {
    Map<String, TensorProto> initializers = new HashMap<>();
    graph.getInitializerList().forEach(one -> initializers.put(one.getName(), one));
    Map<String, String> products = new HashMap<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (TensorProto one : graph.getInitializerList()) {
      if (one.getName().startsWith("embeddings.") || one.getName().startsWith("encoder.")) {
        if (one.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
          tensors.put(one.getName(), new Tensor(one.getDimsList(), one.getRawData()));
        }
      }
    }
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMul") && initializers.containsKey(node.getInput(1))) {
        products.put(node.getOutput(0), node.getInput(1));
      }
      if (node.getOpType().equals("Add")) {
        for (int i = 0; i < 2; i++) {
          String weights = products.get(node.getInput(i));
          String bias = node.getInput(1 - i);
          if (weights != null && bias.endsWith(".bias")) {
            tensors.put(bias.replaceFirst("bias$", "weight"), turned(initializers.get(weights)));
          }
        }
      }
    }
    return tensors;
  }

  private static Tensor turned(TensorProto matrix) {
    int rows = (int) matrix.getDims(0);
    int columns = (int) matrix.getDims(1);
    ByteBuffer in = matrix.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(rows * columns * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        out.putFloat((column * rows + row) * 4, in.getFloat((row * columns + column) * 4));
      }
    }
    return new Tensor(List.of((long) columns, (long) rows), ByteString.copyFrom(out.array()));
  }

  private static void write(Path file, Map<String, Tensor> tensors) throws IOException {
    long position = 0;
    Map<String, String> entries = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> one : tensors.entrySet()) {
      long end = position + one.getValue().bytes.size();
      entries.put(
          one.getKey(),
          "{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(one.getValue().shape, position, end));
      position = end;
    }
    byte[] header =
        entries.entrySet().stream()
            .map(one -> "\"" + one.getKey() + "\":" + one.getValue())
            .collect(Collectors.joining(",", "{", "}"))
            .getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
      out.write(header);
      for (Tensor tensor : tensors.values()) {
        tensor.bytes.writeTo(out);
      }
    }
  }
}
