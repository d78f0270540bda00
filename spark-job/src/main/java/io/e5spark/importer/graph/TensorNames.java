package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.EncoderConfig;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The names of tensors that several parts of a graph use. */
final class TensorNames {
  /** The attention mask in the form for the fused operators. */
  static final String MASK = "mask";

  /** The token vectors before the first attention. */
  static final String FIRST = hidden(0);

  /** The token vectors as pooling reads them: sums of many halves would overflow. */
  static final String LAST = "last-hidden";

  private TensorNames() {}

  /** The prefix of the names of a layer's tensors. */
  static String layer(int number) {
    return "encoder.layer." + number + ".";
  }

  /**
   * The token vectors that a layer reads, counted from 0; its number plus one gives those that it
   * returns.
   */
  static String hidden(int layer) {
    return "hidden-" + layer;
  }

  /** The token vectors between the attention of a layer and its feed-forward part. */
  static String attended(int layer) {
    return layer(layer) + "first";
  }

  /** The normalized token vectors that products read, {@code [texts, tokens, hidden]}. */
  static List<String> normalised(EncoderConfig config) {
    return IntStream.range(0, config.layers())
        .boxed()
        .flatMap(layer -> Stream.of(hidden(layer), attended(layer)))
        .toList();
  }
}
