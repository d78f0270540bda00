package io.e5spark.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model with a real graph whose results are known: the vector of a token is a row of a table. The
 * vocabulary has BERT's special tokens, the words of E5's prefixes, and the words {@code w0},
 * {@code w1} and so on. The vector of one word is NaN, and another word makes the model call fail.
 */
public final class ToyModel {
  static final int DIMENSION = 4;
  public static final List<String> SPECIAL =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "query", "passage", ":");

  /** The word whose vector is NaN. */
  public static final String NAN_WORD = "w7";

  /** The word that makes the model call fail. */
  public static final String FAILING_WORD = "w8";

  private static final int WORDS = 10;

  private ToyModel() {}

  /** Writes the model and its tokenizer. */
  public static Path in(Path directory) throws IOException {
    write(directory.resolve("model.onnx"), graph(3).build());
    Files.writeString(directory.resolve("tokenizer.json"), tokenizer(WORDS));
    return directory;
  }

  public static void write(Path file, GraphProto graph) throws IOException {
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(7)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
            .setGraph(graph)
            .build();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, model.toByteArray());
  }

  /**
   * Returns a graph whose output has this rank. An encoder's output has rank 3, and other ranks are
   * rejected.
   */
  public static GraphProto.Builder graph(int rank) {
    int rows = SPECIAL.size() + WORDS;
    TensorProto.Builder table =
        TensorProto.newBuilder()
            .setName("table")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(rows)
            .addDims(DIMENSION);
    TensorProto.Builder map =
        TensorProto.newBuilder()
            .setName("map")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(rows);
    for (int id = 0; id < rows; id++) {
      map.addInt64Data(id == id(FAILING_WORD) ? 9_999 : id);
      for (float component : vector(id)) {
        table.addFloatData(component);
      }
    }
    GraphProto.Builder graph = GraphProto.newBuilder().setName("toy");
    graph.addInitializer(table).addInitializer(map);
    graph.addInput(value("input_ids", TensorProto.DataType.INT64_VALUE, 2));
    graph.addInput(value("attention_mask", TensorProto.DataType.INT64_VALUE, 2));
    graph.addNode(node("Gather", "rows", "map", "input_ids"));
    graph.addNode(node("Gather", "last_hidden_state", "table", "rows"));
    graph.addOutput(value("last_hidden_state", TensorProto.DataType.FLOAT_VALUE, rank));
    return graph;
  }

  static int id(String word) {
    int special = SPECIAL.indexOf(word);
    return special >= 0 ? special : SPECIAL.size() + Integer.parseInt(word.substring(1));
  }

  /** Returns the vector of a token. */
  static float[] vector(int id) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = id == id(NAN_WORD) ? Float.NaN : (float) Math.sin(1 + id * DIMENSION + i);
    }
    return vector;
  }

  public static NodeProto.Builder node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  /**
   * Returns a graph input or output. If it holds floats, its last axis is the model's dimension.
   */
  public static ValueInfoProto value(String name, int type, int rank) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int axis = 0; axis < rank; axis++) {
      if (axis == rank - 1 && type == TensorProto.DataType.FLOAT_VALUE) {
        shape.addDimBuilder().setDimValue(DIMENSION);
      } else {
        shape.addDimBuilder().setDimParam(name + axis);
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** Returns BERT's tokenizer with the special tokens and this many words. */
  public static String tokenizer(int words) {
    List<String> tokens =
        IntStream.range(0, SPECIAL.size() + words)
            .mapToObj(i -> i < SPECIAL.size() ? SPECIAL.get(i) : "w" + (i - SPECIAL.size()))
            .toList();
    String vocabulary =
        IntStream.range(0, tokens.size())
            .mapToObj(i -> "\"%s\":%d".formatted(tokens.get(i), i))
            .collect(Collectors.joining(","));
    return """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],
         "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
           "strip_accents":null,"lowercase":true},
         "pre_tokenizer":{"type":"BertPreTokenizer"},
         "post_processor":{"type":"BertProcessing","sep":["[SEP]",3],"cls":["[CLS]",2]},
         "decoder":null,
         "model":{"type":"WordPiece","unk_token":"[UNK]","continuing_subword_prefix":"##",
           "max_input_chars_per_word":100,"vocab":{%s}}}
        """
        .formatted(vocabulary);
  }
}
