package io.e5spark.importer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint.Family;
import io.e5spark.model.Pooling;
import io.e5spark.onnx.PoolingTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestEmbeddingLayer {
  private static final int HIDDEN = 32;
  private static final int[] TEXT = {2, 9, 80, 1, 17, 119, 3};

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Family.class)
  void wordsInHalfPrecisionMakeTheSameSums(Family family) throws IOException {
    Path from =
        new SyntheticCheckpoint(family, HIDDEN, 1, 2, 120, 9, "F32", "")
            .in(directory.resolve("from"));
    try (Checkpoint checkpoint = Checkpoint.open(from)) {
      Map<String, ActivationRange> ranges =
          ActivationRange.unseen(TensorNames.normalised(checkpoint.config()), HIDDEN);
      ranges.values().forEach(range -> range.add(new float[HIDDEN]));
      GraphFiles single = write("single", data -> EncoderGraph.exact(checkpoint, data));
      GraphFiles half = write("half", data -> EncoderGraph.quantized(checkpoint, data, ranges));
      assertThat(typeOfWords(single)).isEqualTo(TensorProto.DataType.FLOAT_VALUE);
      assertThat(typeOfWords(half)).isEqualTo(TensorProto.DataType.FLOAT16_VALUE);
      assertThat(middle(half)).containsExactly(middle(single), within(2e-3f));
      assertThat(middle(half)).isNotEqualTo(middle(single));
    }
  }

  private GraphFiles write(String name, Function<ExternalData, EncoderGraph> encoder)
      throws IOException {
    GraphFiles files = new GraphFiles(Files.createDirectory(directory.resolve(name)));
    files.write(encoder, new PoolingTail(Pooling.CLS, true), List.of(TensorNames.FIRST));
    return files;
  }

  private static int typeOfWords(GraphFiles files) throws IOException {
    return ModelProto.parseFrom(Files.readAllBytes(files.graph()))
        .getGraph()
        .getInitializerList()
        .stream()
        .filter(tensor -> tensor.getName().equals("words"))
        .findFirst()
        .orElseThrow()
        .getDataType();
  }

  /** Returns the midpoint of the smallest and the largest sum of the text, for each component. */
  private static float[] middle(GraphFiles files) {
    Map<String, ActivationRange> seen = ActivationRange.unseen(List.of(TensorNames.FIRST), HIDDEN);
    try (GraphProbe probe = GraphProbe.open(files.graph())) {
      probe.observe(TEXT, seen);
    }
    return seen.get(TensorNames.FIRST).middle();
  }
}
