package io.e5spark.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the graph in 8-bit integers. One half of a sample of texts gives the ranges of its vectors,
 * the other half says what was lost.
 */
final class Quantization {
  private static final double LEAST_COSINE = 0.99;
  private static final double LEAST_MEAN_COSINE = 0.997;

  private final Checkpoint checkpoint;
  private final boolean normalize;
  private final List<int[]> seen = new ArrayList<>();
  private final List<int[]> unseen = new ArrayList<>();

  /**
   * A quantisation of these weights.
   *
   * @param sample tokens of texts
   */
  Quantization(Checkpoint checkpoint, boolean normalize, int[][] sample) {
    this.checkpoint = checkpoint;
    this.normalize = normalize;
    for (int i = 0; i < sample.length; i++) {
      (i % 2 == 0 ? seen : unseen).add(sample[i]);
    }
  }

  /**
   * What was made.
   *
   * @param sha256 hashes of the files by name
   */
  record Made(Map<String, String> sha256, ModelManifest.Loss loss) {}

  /**
   * Writes the graph.
   *
   * @throws IllegalArgumentException if it loses too much
   */
  Made write(Path directory) throws IOException {
    GraphFiles exact = new GraphFiles(Files.createDirectory(directory.resolve("exact")));
    GraphFiles quantized = new GraphFiles(directory);
    BertConfig config = checkpoint.config();
    ActivationRanges ranges =
        new ActivationRanges(EncoderGraph.normalised(config), config.hidden());
    exact.write(data -> EncoderGraph.exact(checkpoint, data), normalize, ranges.names());
    Map<String, String> hashes;
    ModelManifest.Loss loss;
    try (GraphProbe reference = GraphProbe.open(exact.graph())) {
      seen.forEach(text -> reference.observe(text, ranges));
      hashes = quantized.write(data -> EncoderGraph.quantized(checkpoint, data, ranges), normalize);
      loss = loss(reference, quantized.graph());
    }
    exact.delete();
    return new Made(hashes, requireSmall(loss));
  }

  private ModelManifest.Loss loss(GraphProbe reference, Path graph) {
    try (GraphProbe quantized = GraphProbe.open(graph)) {
      double[] cosines =
          unseen.stream()
              .mapToDouble(text -> cosine(reference.vector(text), quantized.vector(text)))
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

  private static ModelManifest.Loss requireSmall(ModelManifest.Loss loss) {
    if (loss.smallestCosine() >= LEAST_COSINE && loss.meanCosine() >= LEAST_MEAN_COSINE) {
      return loss;
    }
    throw new IllegalArgumentException(
        "in int8 its vectors' cosine to fp32 is at least %.5f, %.5f in the mean (must be %s and %s)"
            .formatted(loss.smallestCosine(), loss.meanCosine(), LEAST_COSINE, LEAST_MEAN_COSINE));
  }
}
