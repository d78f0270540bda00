package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.EncoderConfig;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.onnx.PoolingTail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes a graph in less than single precision. One half of a sample of texts gives the ranges of
 * vectors that integers need, and the other half shows what was lost.
 */
public final class PrecisionReduction {
  private final Checkpoint checkpoint;
  private final PoolingTail tail;
  private final NumberFormat precision;
  private final List<int[]> seen = new ArrayList<>();
  private final List<int[]> unseen = new ArrayList<>();

  /**
   * The reduction of these weights.
   *
   * @param sample the tokens of texts
   */
  public PrecisionReduction(
      Checkpoint checkpoint, PoolingTail tail, NumberFormat precision, int[][] sample) {
    this.checkpoint = checkpoint;
    this.tail = tail;
    this.precision = precision;
    for (int i = 0; i < sample.length; i++) {
      (i % 2 == 0 ? seen : unseen).add(sample[i]);
    }
  }

  /**
   * The result.
   *
   * @param sha256 the hashes of the files by name
   */
  public record Made(Map<String, String> sha256, ModelManifest.Loss loss) {}

  /**
   * Writes the graph.
   *
   * @throws IllegalArgumentException if it loses too much
   */
  public Made write(Path directory) throws IOException {
    GraphFiles exact = new GraphFiles(Files.createDirectory(directory.resolve("exact")));
    GraphFiles reduced = new GraphFiles(directory);
    EncoderConfig config = checkpoint.config();
    Map<String, ActivationRange> ranges =
        ActivationRange.unseen(TensorNames.normalised(config), config.hidden());
    exact.write(data -> EncoderGraph.exact(checkpoint, data), tail, ranges.keySet());
    Map<String, String> hashes;
    ModelManifest.Loss loss;
    try (GraphProbe reference = GraphProbe.open(exact.graph())) {
      hashes = reduced.write(encoder(reference, ranges), tail);
      loss = loss(reference, reduced.graph());
    }
    exact.delete();
    return new Made(hashes, requireSmall(loss));
  }

  private Function<ExternalData, EncoderGraph> encoder(
      GraphProbe reference, Map<String, ActivationRange> ranges) {
    return switch (precision) {
      case FP32 -> data -> EncoderGraph.exact(checkpoint, data);
      case FP16 -> data -> EncoderGraph.half(checkpoint, data);
      case INT8 -> {
        seen.forEach(text -> reference.observe(text, ranges));
        yield data -> EncoderGraph.quantized(checkpoint, data, ranges);
      }
    };
  }

  private ModelManifest.Loss loss(GraphProbe reference, Path graph) {
    try (GraphProbe reduced = GraphProbe.open(graph)) {
      double[] cosines =
          unseen.stream()
              .mapToDouble(text -> cosine(reference.vector(text), reduced.vector(text)))
              .toArray();
      return ModelManifest.Loss.of(cosines);
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squareA * squareB);
  }

  private ModelManifest.Loss requireSmall(ModelManifest.Loss loss) {
    if (loss.smallestCosine() >= precision.leastCosine()
        && loss.meanCosine() >= precision.leastMeanCosine()) {
      return loss;
    }
    throw new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "in %s the smallest cosine of its vectors to fp32 is %.5f and the mean is %.5f (must be at least %s and %s)",
            precision,
            loss.smallestCosine(),
            loss.meanCosine(),
            precision.leastCosine(),
            precision.leastMeanCosine()));
  }
}
