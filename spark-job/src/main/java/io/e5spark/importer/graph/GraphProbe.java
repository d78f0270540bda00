package io.e5spark.importer.graph;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.e5spark.model.EmbeddingException;
import io.e5spark.model.GraphSignature;
import io.e5spark.onnx.GraphSessions;
import io.e5spark.onnx.OnnxRuntime;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * A graph that runs text by text, to inspect what it computes. It runs on the CPU and is not
 * thread-safe.
 */
final class GraphProbe implements AutoCloseable {
  private final OrtSession session;

  private GraphProbe(OrtSession session) {
    this.session = session;
  }

  static GraphProbe open(Path graph) {
    try {
      return new GraphProbe(GraphSessions.open(graph));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** The vector of a text. */
  float[] vector(int[] text) {
    Set<String> wanted = Set.of(GraphSignature.POOLED_OUTPUT);
    return ((float[][]) run(text, wanted).values().iterator().next())[0];
  }

  /** Adds the vectors of a text's tokens to the ranges of these outputs. */
  void observe(int[] text, Map<String, ActivationRange> ranges) {
    run(text, ranges.keySet())
        .forEach(
            (name, value) -> {
              ActivationRange range = Objects.requireNonNull(ranges.get(name), name);
              for (float[] token : ((float[][][]) value)[0]) {
                range.add(token);
              }
            });
  }

  private Map<String, Object> run(int[] text, Set<String> wanted) {
    long[][] ids = {LongStream.range(0, text.length).map(i -> text[(int) i]).toArray()};
    long[][] mask = {LongStream.generate(() -> 1).limit(text.length).toArray()};
    try (OnnxTensor first = OnnxTensor.createTensor(OnnxRuntime.environment(), ids);
        OnnxTensor second = OnnxTensor.createTensor(OnnxRuntime.environment(), mask);
        OrtSession.Result result =
            session.run(
                Map.of(GraphSignature.INPUT_IDS, first, GraphSignature.ATTENTION_MASK, second),
                wanted)) {
      Map<String, Object> values = new HashMap<>();
      for (Map.Entry<String, OnnxValue> one : result) {
        values.put(one.getKey(), one.getValue().getValue());
      }
      return values;
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  private static EmbeddingException failed(OrtException e) {
    return new EmbeddingException("Cannot run an imported graph: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
