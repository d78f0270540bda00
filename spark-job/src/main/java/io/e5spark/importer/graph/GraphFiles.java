package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.Sha256;
import io.e5spark.onnx.OnnxNodes;
import io.e5spark.onnx.PoolingTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A generated graph and its weights in a directory. */
public record GraphFiles(Path directory) {
  private static final String GRAPH = "model.onnx";
  private static final String WEIGHTS = "model.onnx_data";

  Path graph() {
    return directory.resolve(GRAPH);
  }

  /** Writes the graph; returns hashes by name. */
  public Map<String, String> write(Function<ExternalData, EncoderGraph> encoder, PoolingTail tail)
      throws IOException {
    return write(encoder, tail, List.of());
  }

  /**
   * Writes the graph; returns hashes by name.
   *
   * @param outputs further tensors that the graph returns
   */
  public Map<String, String> write(
      Function<ExternalData, EncoderGraph> encoder, PoolingTail tail, Collection<String> outputs)
      throws IOException {
    try (ExternalData data = ExternalData.create(directory.resolve(WEIGHTS))) {
      ModelProto.Builder model = encoder.apply(data).model(tail).toBuilder();
      outputs.forEach(
          name ->
              model
                  .getGraphBuilder()
                  .addOutput(OnnxNodes.value(name, TensorProto.DataType.FLOAT_VALUE)));
      byte[] bytes = model.build().toByteArray();
      Files.write(graph(), bytes);
      return Map.of(GRAPH, Sha256.of(bytes), WEIGHTS, data.sha256());
    }
  }

  /**
   * Writes the packed form of the graph beside it, over the same weights.
   *
   * @return its hash by its name
   */
  public Map<String, String> writePacked() throws IOException {
    ModelProto padded = ModelProto.parseFrom(Files.readAllBytes(graph()));
    byte[] bytes = new PackedGraph(padded).model().toByteArray();
    Files.write(directory.resolve(ModelFiles.PACKED), bytes);
    return Map.of(ModelFiles.PACKED, Sha256.of(bytes));
  }

  /** Deletes the directory, which holds nothing else. */
  void delete() throws IOException {
    Files.delete(graph());
    Files.delete(directory.resolve(WEIGHTS));
    Files.delete(directory);
  }
}
