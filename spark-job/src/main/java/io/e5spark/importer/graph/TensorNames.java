package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.EncoderConfig;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Names of tensors that several parts of a graph know. */
final class TensorNames {
  /** The attention mask as the fused operators take it. */
  static final String MASK = "mask";

  /** Token vectors that attention has not seen yet. */
  static final String FIRST = hidden(0);

  /** Token vectors as pooling takes them: sums of many halves would overflow. */
  static final String LAST = "last-hidden";

  private TensorNames() {}

  /** What the names of a layer's tensors begin with. */
  static String layer(int number) {
    return "encoder.layer." + number + ".";
  }

  /** Token vectors that a layer takes, from 0; its number plus one, those that it gives. */
  static String hidden(int layer) {
    return "hidden-" + layer;
  }

  /** Token vectors between a layer's attention and its feed-forward part. */
  static String attended(int layer) {
    return layer(layer) + "first";
  }

  /** The normalised token vectors that products take, {@code [texts, tokens, hidden]}. */
  static List<String> normalised(EncoderConfig config) {
    return IntStream.range(0, config.layers())
        .boxed()
        .flatMap(layer -> Stream.of(hidden(layer), attended(layer)))
        .toList();
  }
}
