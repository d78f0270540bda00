package io.e5spark.importer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint.Family;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.Pooling;
import io.e5spark.onnx.OnnxSession;
import io.e5spark.onnx.Placement;
import io.e5spark.onnx.PoolingTail;
import io.e5spark.onnx.TokenBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests the graph without padding, whose operators are for GPUs. Here the graph must pass the
 * checks of ONNX Runtime. Where no text is padded, operators for CPUs stand in for those for GPUs.
 */
class TestPackedGraph {
  private static final int HIDDEN = 64;
  private static final int HEADS = 4;
  private static final int TEXTS = 3;
  private static final int TOKENS = 7;

  @TempDir Path directory;
  private GraphFiles files;

  @BeforeEach
  void setUp() throws IOException {
    write(Family.BERT, Pooling.MEAN);
  }

  private void write(Family family, Pooling pooling) throws IOException {
    Path from =
        new SyntheticCheckpoint(family, HIDDEN, 2, HEADS, 120, 64, "F32", "")
            .in(directory.resolve("from"));
    files = new GraphFiles(Files.createTempDirectory(directory, "model"));
    try (Checkpoint checkpoint = Checkpoint.open(from)) {
      files.write(data -> EncoderGraph.half(checkpoint, data), new PoolingTail(pooling, true));
    }
    assertThat(files.writePacked()).containsOnlyKeys("model.packed.onnx");
  }

  private Path packed() {
    return files.directory().resolve(ModelFiles.PACKED);
  }

  @Test
  void onlyItsOperatorsAreMissingOnTheCpu() {
    assertThatThrownBy(() -> OnnxSession.open(packed(), Placement.CPU))
        .isInstanceOf(EmbeddingException.class)
        .hasMessageContaining("NOT_IMPLEMENTED")
        .hasMessageContaining("RemovePadding");
  }

  @Test
  void checksSeeAWrongGraph() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(packed())).toBuilder();
    for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
      if (node.getOpType().equals("PackedMultiHeadAttention")) {
        node.clearAttribute();
      }
    }
    Files.write(packed(), model.build().toByteArray());
    assertThatThrownBy(() -> OnnxSession.open(packed(), Placement.CPU))
        .hasMessageContaining("INVALID_GRAPH")
        .hasMessageContaining("num_heads");
  }

  @ParameterizedTest
  @CsvSource({"BERT, MEAN", "BERT, CLS", "XLM_R, MEAN", "XLM_R, CLS"})
  void withoutPaddingItComputesTheSame(Family family, Pooling pooling) throws IOException {
    write(family, pooling);
    ModelProto standIn = standIn(ModelProto.parseFrom(Files.readAllBytes(packed())));
    Path path = files.directory().resolve("stand-in.onnx");
    Files.write(path, standIn.toByteArray());
    TokenBatch expected = batch();
    run(files.graph(), expected);
    TokenBatch actual = batch();
    run(path, actual);
    for (int row = 0; row < TEXTS; row++) {
      assertThat(actual.vector(row)).containsExactly(expected.vector(row), within(2e-3f));
    }
    assertThat(expected.vector(0)).isNotEqualTo(expected.vector(1));
  }

  private static TokenBatch batch() {
    TokenBatch batch = new TokenBatch(HIDDEN, 0);
    batch.start(TEXTS, TOKENS);
    for (int row = 0; row < TEXTS; row++) {
      int[] ids = new int[TOKENS];
      for (int i = 0; i < TOKENS; i++) {
        ids[i] = (row * 31 + i * 7) % 120;
      }
      batch.put(row, ids);
    }
    return batch;
  }

  private static void run(Path graph, TokenBatch batch) {
    try (OnnxSession session = OnnxSession.open(graph, Placement.CPU)) {
      session.running(session.signature()).run(batch);
    }
  }

  private static ModelProto standIn(ModelProto packed) {
    ModelProto.Builder model = packed.toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder().clearNode();
    graph.addInitializer(shape("flat", -1, HIDDEN));
    graph.addInitializer(shape("square", TEXTS, TOKENS, HIDDEN));
    for (NodeProto node : packed.getGraph().getNodeList()) {
      switch (node.getOpType()) {
        case "RemovePadding" -> reshape(graph, node.getInput(0), "flat", node.getOutput(0));
        case "RestorePadding" -> reshape(graph, node.getInput(0), "square", node.getOutput(0));
        case "PackedMultiHeadAttention" -> attention(graph, node);
        default -> graph.addNode(node);
      }
    }
    return model.build();
  }

  private static void attention(GraphProto.Builder graph, NodeProto packed) {
    for (String part : packed.getInputList().subList(0, 3)) {
      reshape(graph, part, "square", part + "-square");
    }
    NodeProto.Builder node =
        graph
            .addNodeBuilder()
            .setOpType("MultiHeadAttention")
            .setDomain("com.microsoft")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("num_heads")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(HEADS));
    packed.getInputList().subList(0, 3).forEach(part -> node.addInput(part + "-square"));
    node.addInput(packed.getInput(3)).addOutput(packed.getOutput(0) + "-square");
    reshape(graph, packed.getOutput(0) + "-square", "flat", packed.getOutput(0));
  }

  private static void reshape(GraphProto.Builder graph, String in, String shape, String out) {
    graph.addNodeBuilder().setOpType("Reshape").addAllInput(List.of(in, shape)).addOutput(out);
  }

  private static TensorProto shape(String name, long... sizes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(sizes.length);
    for (long size : sizes) {
      tensor.addInt64Data(size);
    }
    return tensor.build();
  }

  @Test
  void bothFormsShareTheirWeights() throws IOException {
    assertThat(Files.size(packed()))
        .isLessThan(Files.size(files.directory().resolve("model.onnx_data")) / 2);
    Map<String, TensorProto> weights = new java.util.HashMap<>();
    ModelProto padded = ModelProto.parseFrom(Files.readAllBytes(files.graph()));
    padded.getGraph().getInitializerList().forEach(one -> weights.put(one.getName(), one));
    ModelProto.parseFrom(Files.readAllBytes(packed()))
        .getGraph()
        .getInitializerList()
        .forEach(one -> assertThat(one).isEqualTo(weights.get(one.getName())));
  }
}
