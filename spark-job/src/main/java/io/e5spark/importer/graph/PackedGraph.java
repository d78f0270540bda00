package io.e5spark.importer.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.e5spark.onnx.OnnxNodes;
import java.util.List;

/**
 * An {@link EncoderGraph} in half precision without padding between its embeddings and its pooling,
 * for GPUs, since the operators for this exist for no other device.
 *
 * <pre>
 * hidden    [texts, tokens, hidden] -> RemovePadding -> [real tokens, hidden]
 * attention MatMul, Split           -> query, key, value [real tokens, hidden]
 *           PackedMultiHeadAttention
 * last      [real tokens, hidden]   -> RestorePadding -> [texts, tokens, hidden], then pooling
 * </pre>
 *
 * Query, key and value are separate, because the flash kernel accepts any number of tokens only
 * then. Padding is restored for pooling, which costs one pass over the last layer.
 */
final class PackedGraph {
  private static final String OFFSETS = "packed/offsets";
  private static final String STARTS = "packed/starts";

  private final ModelProto padded;

  /** The packed form of a graph whose attention takes lengths. */
  PackedGraph(ModelProto padded) {
    this.padded = padded;
  }

  /** The packed form; it refers to the same weights. */
  ModelProto model() {
    ModelProto.Builder model = padded.toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder().clearNode();
    for (NodeProto node : padded.getGraph().getNodeList()) {
      if (node.getOpType().equals("Attention")) {
        attention(graph, node);
      } else if (node.getOutput(0).equals(TensorNames.FIRST)) {
        remove(graph, node);
      } else if (node.getOutput(0).equals(TensorNames.LAST)) {
        restore(graph, node);
      } else {
        graph.addNode(node);
      }
    }
    return model.build();
  }

  private static void remove(GraphProto.Builder graph, NodeProto embeddings) {
    String before = TensorNames.FIRST + "-padded";
    graph.addNode(embeddings.toBuilder().setOutput(0, before));
    fused(graph, "RemovePadding", before, TensorNames.MASK)
        .addAllOutput(List.of(TensorNames.FIRST, OFFSETS, STARTS, "packed/longest"));
  }

  private static void restore(GraphProto.Builder graph, NodeProto cast) {
    String after = cast.getInput(0) + "-padded";
    fused(graph, "RestorePadding", cast.getInput(0), OFFSETS).addOutput(after);
    graph.addNode(cast.toBuilder().setInput(0, after));
  }

  private static void attention(GraphProto.Builder graph, NodeProto attention) {
    String out = attention.getOutput(0);
    String all = out + "-qkv";
    List<String> parts = List.of(out + "-query", out + "-key", out + "-value");
    node(graph, "MatMul", attention.getInput(0), attention.getInput(1)).addOutput(all);
    node(graph, "Split", all).addAllOutput(parts).addAttribute(OnnxNodes.attribute("axis", -1L));
    fused(
            graph,
            "PackedMultiHeadAttention",
            parts.get(0),
            parts.get(1),
            parts.get(2),
            attention.getInput(2),
            OFFSETS,
            STARTS)
        .addOutput(out)
        .addAttribute(heads(attention));
  }

  private static AttributeProto heads(NodeProto attention) {
    return attention.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("num_heads"))
        .findFirst()
        .orElseThrow();
  }

  private static NodeProto.Builder node(
      GraphProto.Builder graph, String operator, String... inputs) {
    return graph
        .addNodeBuilder()
        .setOpType(operator)
        .setName("packed/" + operator + "-" + graph.getNodeCount())
        .addAllInput(List.of(inputs));
  }

  private static NodeProto.Builder fused(
      GraphProto.Builder graph, String operator, String... inputs) {
    return node(graph, operator, inputs).setDomain(OnnxNodes.FUSED);
  }
}
