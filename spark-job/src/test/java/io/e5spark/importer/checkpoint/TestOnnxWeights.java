package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.e5spark.onnx.ToyModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestOnnxWeights {
  @TempDir Path directory;

  private static byte[] bytes(float... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return bytes.array();
  }

  private static TensorProto.Builder tensor(String name, long... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (long size : shape) {
      tensor.addDims(size);
    }
    return tensor;
  }

  private OnnxWeights open(GraphProto.Builder graph) throws IOException {
    Path file = directory.resolve("model.onnx");
    ToyModel.write(file, graph.build());
    return OnnxWeights.open(file);
  }

  private OnnxWeights external(String location, String offset, String length) throws IOException {
    Files.write(directory.resolve("model.onnx_data"), bytes(1, 2, 3));
    TensorProto.Builder tensor = tensor("a", 2);
    tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (String[] entry :
        List.of(
            new String[] {"location", location},
            new String[] {"offset", offset},
            new String[] {"length", length})) {
      tensor.addExternalData(
          StringStringEntryProto.newBuilder().setKey(entry[0]).setValue(entry[1]));
    }
    return open(GraphProto.newBuilder().addInitializer(tensor));
  }

  @Test
  void tensorIsReadByItsName() throws IOException {
    TensorProto.Builder tensor = tensor("a", 1, 2).setRawData(ByteString.copyFrom(bytes(1, 2)));
    OnnxWeights weights = open(GraphProto.newBuilder().addInitializer(tensor));
    assertThat(weights.has("a")).isTrue();
    assertThat(weights.has("b")).isFalse();
    assertThat(weights.read("a", 1, 2)).containsExactly(1, 2);
    assertThatThrownBy(() -> weights.read("b", 1)).hasMessageContaining("tensor b is missing");
    assertThatThrownBy(() -> weights.read("a", 2, 1)).hasMessageContaining("has shape [1, 2]");
  }

  @Test
  void productIsKnownByTheBiasThatIsAddedAndTurnedRound() throws IOException {
    GraphProto.Builder graph = GraphProto.newBuilder();
    graph.addInitializer(
        tensor("onnx::MatMul_7", 2, 3).setRawData(ByteString.copyFrom(bytes(1, 2, 3, 4, 5, 6))));
    graph.addInitializer(tensor("dense.bias", 3).setRawData(ByteString.copyFrom(bytes(0, 0, 0))));
    graph.addNode(ToyModel.node("MatMul", "product", "hidden", "onnx::MatMul_7"));
    graph.addNode(ToyModel.node("Add", "sum", "dense.bias", "product"));
    assertThat(open(graph).read("dense.weight", 3, 2)).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void nodesWithoutInputsAreNoProducts() throws IOException {
    GraphProto.Builder graph = GraphProto.newBuilder();
    graph.addNode(NodeProto.newBuilder().setOpType("Add"));
    graph.addNode(NodeProto.newBuilder().setOpType("MatMul"));
    assertThat(open(graph).has("dense.weight")).isFalse();
  }

  @Test
  void weightsMayLieInAFileBesideTheGraph() throws IOException {
    assertThat(external("model.onnx_data", "4", "8").read("a", 2)).containsExactly(2, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "../model.onnx_data, 0, 8, must be a plain name",
    "/etc/passwd, 0, 8, must be a plain name",
    "'', 0, 8, must be a plain name",
    "other, 0, 8, lies outside of other",
    "model.onnx_data, 8, 8, lies outside of model.onnx_data",
    "model.onnx_data, 999999999999999, 999999999999999, lies outside of model.onnx_data",
    "model.onnx_data, -4, 8, it has the offset '-4'",
    "model.onnx_data, 9999999999999999999, 8, it has the offset",
    "model.onnx_data, 0, 4, and 4 bytes",
  })
  void placeThatIsNoneIsRefused(String location, String offset, String length, String message)
      throws IOException {
    OnnxWeights weights = external(location, offset, length);
    assertThatThrownBy(() -> weights.read("a", 2))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void otherTypesAreRefused() throws IOException {
    OnnxWeights weights =
        open(
            GraphProto.newBuilder()
                .addInitializer(tensor("a", 1).setDataType(TensorProto.DataType.INT8_VALUE))
                .addInitializer(tensor("b", 1).setDataType(9_999)));
    assertThatThrownBy(() -> weights.read("a", 1)).hasMessageContaining("has type INT8");
    assertThatThrownBy(() -> weights.read("b", 1)).hasMessageContaining("has type null");
  }

  @Test
  void shapeOfTooManyNumbersIsRefused() throws IOException {
    OnnxWeights weights =
        open(GraphProto.newBuilder().addInitializer(tensor("a", 1L << 30, 1L << 30)));
    assertThatThrownBy(() -> weights.read("a", 1 << 30, 1 << 30))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too many numbers");
    assertThatThrownBy(() -> weights.read("a", 1 << 30)).hasMessageContaining("has shape");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not a graph at all", "\u0007", ":\u007f"})
  void fileThatIsNoGraphIsRefused(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("model.onnx"), content);
    assertThatThrownBy(() -> OnnxWeights.open(file))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is not an ONNX graph");
  }
}
