package io.e5spark.model;

import com.google.gson.annotations.SerializedName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The numbers that an imported model computes with. */
public enum NumberFormat {
  /** Single precision. */
  @SerializedName("fp32")
  FP32(1e-4, 1e-6, 1, 1),
  /** Half precision up to pooling, for GPUs. */
  @SerializedName("fp16")
  FP16(5e-3, 5e-3, 0.9995, 0.9998),
  /**
   * 8-bit integers for the large products of the encoder, on the CPU; embeddings, normalization,
   * attention and sums stay in single precision.
   */
  @SerializedName("int8")
  INT8(2e-2, 2e-3, 0.99, 0.997);

  private final double tolerance;
  private final double noise;
  private final double leastCosine;
  private final double leastMeanCosine;

  NumberFormat(double tolerance, double noise, double leastCosine, double leastMeanCosine) {
    this.tolerance = tolerance;
    this.noise = noise;
    this.leastCosine = leastCosine;
    this.leastMeanCosine = leastMeanCosine;
  }

  /**
   * The format with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static NumberFormat of(String name) {
    List<String> names = Arrays.stream(values()).map(NumberFormat::toString).toList();
    return Arrays.stream(values())
        .filter(format -> format.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid precision: %s (must be one of %s)"
                        .formatted(name, String.join(", ", names))));
  }

  /** The largest difference of a component from the definition of the encoder. */
  public double tolerance() {
    return tolerance;
  }

  /** The largest difference of a component from that of the same text in another batch. */
  public double noise() {
    return noise;
  }

  /** The smallest cosine to single precision that any text of a sample may have. */
  public double leastCosine() {
    return leastCosine;
  }

  /** The smallest mean of these cosines. */
  public double leastMeanCosine() {
    return leastMeanCosine;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
