package io.e5spark.importer.graph;

import io.e5spark.importer.checkpoint.Matrix;
import io.e5spark.onnx.OnnxNodes;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * Products in 8-bit integers. Weights are signed, with one scale per column. Their factors are
 * unsigned, with a scale that never depends on the other texts of a batch:
 *
 * <ul>
 *   <li>The components of normalized vectors differ much in size, but each stays in its own range.
 *       They are centred on the range in a sample, for which the bias compensates, and divided by
 *       the root of their size over that of their weights, as in SmoothQuant (Xiao et al. 2023, <a
 *       href="https://arxiv.org/abs/2211.10438">arXiv:2211.10438</a>), by which the weights are
 *       multiplied.
 *   <li>The outputs of GELU differ from token to token, so those of each token are divided by the
 *       largest of them.
 * </ul>
 */
final class Int8Projections implements Projections {
  private static final int LARGEST = 127;
  private static final int MIDDLE = 128;

  /**
   * GELU gives no less than -0.17, and this leaves room for it if the largest value is at least
   * this.
   */
  private static final float LEAST_LARGEST = 1.2f;

  private static final int ACTIVATED_ZERO = 32;
  private static final float ACTIVATED_SCALE = 1f / (255 - ACTIVATED_ZERO);

  private final GraphBuilder graph;
  private final int heads;
  private final Map<String, ActivationRange> ranges;

  /**
   * The products of a graph.
   *
   * @param ranges the ranges of the normalized vectors, by name
   */
  Int8Projections(GraphBuilder graph, int heads, Map<String, ActivationRange> ranges) {
    this.graph = graph;
    this.heads = heads;
    this.ranges = ranges;
    graph.constant(OnnxNodes.number("one", 1));
    graph.constant(OnnxNodes.unsignedByte("middle", MIDDLE));
    graph.constant(OnnxNodes.number("least-largest", LEAST_LARGEST));
    graph.constant(OnnxNodes.number("activated-scale", ACTIVATED_SCALE));
    graph.constant(OnnxNodes.unsignedByte("activated-zero", ACTIVATED_ZERO));
  }

  @Override
  public void attention(String out, String in, Matrix weights, float[] bias) throws IOException {
    float[] moved = quantizeNormalised(out, in, weights, bias);
    graph.weights(weights.name() + "-bias", moved, moved.length);
    graph
        .fused(
            "QAttention",
            out,
            out + "-in",
            weights.name(),
            weights.name() + "-bias",
            "one",
            weights.name() + "-scales",
            TensorNames.MASK,
            "middle",
            weights.name() + "-zeros")
        .addAttribute(OnnxNodes.attribute("num_heads", heads));
  }

  @Override
  public float[] ofNormalised(String out, String in, Matrix weights, float[] bias)
      throws IOException {
    float[] moved = quantizeNormalised(out, in, weights, bias);
    product(out, weights.name(), out + "-in", "one", "middle");
    return moved;
  }

  /**
   * Writes the weights and what makes the 8-bit vectors {@code out-in}; returns the bias that
   * belongs to them.
   */
  private float[] quantizeNormalised(String out, String in, Matrix weights, float[] bias)
      throws IOException {
    ActivationRange range = Objects.requireNonNull(ranges.get(in), in);
    float[] factors = new float[weights.in()];
    float widest = 0;
    for (int i = 0; i < factors.length; i++) {
      float reach = range.reach(i);
      factors[i] = (float) Math.sqrt(reach / Math.max(weights.largest(i), Float.MIN_NORMAL));
      widest = Math.max(widest, reach / factors[i]);
    }
    float[] middle = range.middle();
    quantize(weights.scaled(factors), widest / LARGEST);
    affine(out, in, factors, middle, LARGEST / widest);
    graph.node("QuantizeLinear", out + "-in", out + "-moved", "one", "middle");
    double[] offset = weights.product(middle);
    float[] moved = new float[bias.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (bias[i] + offset[i]);
    }
    return moved;
  }

  /** {@code (in - middle) / factors * scale}. */
  private void affine(String out, String in, float[] factors, float[] middle, float scale)
      throws IOException {
    float[] times = new float[factors.length];
    float[] plus = new float[factors.length];
    for (int i = 0; i < factors.length; i++) {
      times[i] = scale / factors[i];
      plus[i] = -middle[i] * times[i];
    }
    graph.weights(out + "-times", times, times.length);
    graph.weights(out + "-plus", plus, plus.length);
    graph.node("Mul", out + "-scaled", in, out + "-times");
    graph.node("Add", out + "-moved", out + "-scaled", out + "-plus");
  }

  @Override
  public void ofActivated(String out, String in, Matrix weights) throws IOException {
    quantize(weights, 1);
    graph
        .node("ReduceMax", out + "-largest", in)
        .addAttribute(OnnxNodes.attributes("axes", -1))
        .addAttribute(OnnxNodes.attribute("keepdims", 1L));
    graph.node("Max", out + "-size", out + "-largest", "least-largest");
    graph.node("Div", out + "-unit", in, out + "-size");
    graph.node("QuantizeLinear", out + "-in", out + "-unit", "activated-scale", "activated-zero");
    product(out + "-of-unit", weights.name(), out + "-in", "activated-scale", "activated-zero");
    graph.node("Mul", out, out + "-of-unit", out + "-size");
  }

  private void product(String out, String weights, String in, String scale, String zero) {
    graph.fused(
        "MatMulIntegerToFloat",
        out,
        in,
        weights,
        scale,
        weights + "-scales",
        zero,
        weights + "-zeros");
  }

  /**
   * Writes the weights as integers.
   *
   * @param unit the factor for their product with the vectors
   */
  private void quantize(Matrix weights, float unit) throws IOException {
    int out = weights.out();
    float[] scales = new float[out];
    for (int i = 0; i < weights.values().length; i++) {
      scales[i % out] = Math.max(scales[i % out], Math.abs(weights.values()[i]) / LARGEST);
    }
    byte[] integers = new byte[weights.values().length];
    for (int i = 0; i < integers.length; i++) {
      float scale = scales[i % out];
      integers[i] = (byte) (scale == 0 ? 0 : Math.round(weights.values()[i] / scale));
    }
    for (int column = 0; column < out; column++) {
      scales[column] *= unit;
    }
    graph.weights(weights.name(), integers, weights.in(), out);
    graph.weights(weights.name() + "-scales", scales, out);
    graph.weights(weights.name() + "-zeros", new byte[out], out);
  }
}
