package io.e5spark.importer;

import io.e5spark.importer.checkpoint.Checkpoint;
import io.e5spark.importer.checkpoint.EncoderConfig;
import io.e5spark.model.Pooling;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;

/**
 * The definition of the encoder in double precision: slow, simple, and without any code of the fast
 * path. Sources: Devlin et al. 2018, arXiv 1810.04805; Liu et al. 2019, arXiv 1907.11692; pooling
 * and normalization as on the model cards.
 */
final class ReferenceEncoder {
  private static final double SMALLEST_NORM = 1e-12;

  private final Checkpoint weights;
  private final EncoderConfig config;

  ReferenceEncoder(Checkpoint weights) {
    this.weights = weights;
    this.config = weights.config();
  }

  /** One vector from the vectors of the last layer, divided by its norm if requested. */
  double[][] encode(int[][] texts, Pooling pooling, boolean normalize) {
    double[][][] hidden = new double[texts.length][][];
    float[] words =
        weights.read("embeddings.word_embeddings.weight", config.vocabulary(), config.hidden());
    for (int text = 0; text < texts.length; text++) {
      hidden[text] = embed(texts[text], words);
    }
    for (int layer = 0; layer < config.layers(); layer++) {
      Layer one = new Layer("encoder.layer." + layer + ".");
      for (int text = 0; text < texts.length; text++) {
        hidden[text] = one.apply(hidden[text]);
      }
    }
    return Arrays.stream(hidden)
        .map(tokens -> pooling == Pooling.CLS ? tokens[0] : mean(tokens))
        .map(vector -> normalize ? unit(vector) : vector)
        .toArray(double[][]::new);
  }

  private double[][] embed(int[] ids, float[] words) {
    int size = config.hidden();
    int first = config.firstPosition();
    float[] positions =
        weights.read("embeddings.position_embeddings.weight", first + config.positions(), size);
    float[] types = weights.read("embeddings.token_type_embeddings.weight", config.types(), size);
    Norm norm = new Norm("embeddings.LayerNorm");
    double[][] tokens = new double[ids.length][size];
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < size; i++) {
        double position = positions[(first + t) * size + i];
        tokens[t][i] = words[ids[t] * size + i] + position + types[i];
      }
      norm.apply(tokens[t]);
    }
    return tokens;
  }

  private static double[] mean(double[][] tokens) {
    double[] mean = new double[tokens[0].length];
    for (double[] token : tokens) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += token[i] / tokens.length;
      }
    }
    return mean;
  }

  private static double[] unit(double[] vector) {
    double norm = Math.max(Math.sqrt(dot(vector, 0, vector, 0, vector.length)), SMALLEST_NORM);
    return Arrays.stream(vector).map(component -> component / norm).toArray();
  }

  private static double dot(double[] a, int aStart, double[] b, int bStart, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[aStart + i] * b[bStart + i];
    }
    return sum;
  }

  /** Scales a vector to mean 0 and variance 1, then by learned factors. */
  private final class Norm {
    private final float[] gamma;
    private final float[] beta;

    Norm(String name) {
      gamma = weights.read(name + ".weight", config.hidden());
      beta = weights.read(name + ".bias", config.hidden());
    }

    void apply(double[] vector) {
      double mean = Arrays.stream(vector).average().orElse(0);
      double variance = Arrays.stream(vector).map(x -> (x - mean) * (x - mean)).average().orElse(0);
      double deviation = Math.sqrt(variance + config.epsilon());
      Arrays.setAll(vector, i -> (vector[i] - mean) / deviation * gamma[i] + beta[i]);
    }
  }

  /** A learned matrix and a bias. */
  private final class Linear {
    private final float[] matrix;
    private final float[] bias;
    private final int in;

    Linear(String name, int out, int in) {
      this.in = in;
      matrix = weights.read(name + ".weight", out, in);
      bias = weights.read(name + ".bias", out);
    }

    double[][] apply(double[][] tokens) {
      return IntStream.range(0, tokens.length)
          .parallel()
          .mapToObj(t -> apply(tokens[t]))
          .toArray(double[][]::new);
    }

    private double[] apply(double[] token) {
      double[] result = new double[bias.length];
      for (int row = 0; row < result.length; row++) {
        double sum = bias[row];
        for (int i = 0; i < in; i++) {
          sum += token[i] * matrix[row * in + i];
        }
        result[row] = sum;
      }
      return result;
    }
  }

  /** Attention between the tokens of a text, followed by two products for each token. */
  private final class Layer {
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear attended;
    private final Norm attentionNorm;
    private final Linear wide;
    private final Linear narrow;
    private final Norm norm;

    Layer(String name) {
      int size = config.hidden();
      query = new Linear(name + "attention.self.query", size, size);
      key = new Linear(name + "attention.self.key", size, size);
      value = new Linear(name + "attention.self.value", size, size);
      attended = new Linear(name + "attention.output.dense", size, size);
      attentionNorm = new Norm(name + "attention.output.LayerNorm");
      wide = new Linear(name + "intermediate.dense", config.intermediate(), size);
      narrow = new Linear(name + "output.dense", size, config.intermediate());
      norm = new Norm(name + "output.LayerNorm");
    }

    double[][] apply(double[][] tokens) {
      double[][] mixed = attention(query.apply(tokens), key.apply(tokens), value.apply(tokens));
      double[][] first = normed(attended.apply(mixed), tokens, attentionNorm);
      double[][] inner = wide.apply(first);
      for (double[] token : inner) {
        Arrays.setAll(token, i -> gelu(token[i]));
      }
      return normed(narrow.apply(inner), first, norm);
    }

    private double[][] normed(double[][] tokens, double[][] residual, Norm by) {
      for (int t = 0; t < tokens.length; t++) {
        for (int i = 0; i < tokens[t].length; i++) {
          tokens[t][i] += residual[t][i];
        }
        by.apply(tokens[t]);
      }
      return tokens;
    }

    private double[][] attention(double[][] queries, double[][] keys, double[][] values) {
      double[][] mixed = new double[queries.length][config.hidden()];
      int size = config.headSize();
      for (int start = 0; start < config.hidden(); start += size) {
        for (int t = 0; t < queries.length; t++) {
          double[] shares = shares(queries[t], keys, start);
          for (int other = 0; other < values.length; other++) {
            for (int i = start; i < start + size; i++) {
              mixed[t][i] += shares[other] * values[other][i];
            }
          }
        }
      }
      return mixed;
    }

    /** The weights of the tokens, by softmax; their sum is 1. */
    private double[] shares(double[] query, double[][] keys, int start) {
      int size = config.headSize();
      double[] shares = new double[keys.length];
      Arrays.setAll(shares, t -> dot(query, start, keys[t], start, size) / Math.sqrt(size));
      double largest = Arrays.stream(shares).max().orElse(0);
      Arrays.setAll(shares, t -> Math.exp(shares[t] - largest));
      double sum = Arrays.stream(shares).sum();
      Arrays.setAll(shares, t -> shares[t] / sum);
      return shares;
    }
  }

  private static double gelu(double x) {
    return 0.5 * x * (1 + Erf.erf(x / Math.sqrt(2)));
  }
}
