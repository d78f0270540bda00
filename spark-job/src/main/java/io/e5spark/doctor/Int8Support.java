package io.e5spark.doctor;

import io.e5spark.platform.Processor;
import java.util.Arrays;
import java.util.List;

/** How a processor multiplies 8-bit integers, from the fastest to the slowest. */
enum Int8Support {
  /** Multiplies tiles of a matrix. */
  AMX(
      "amx_int8",
      "AMX, which multiplies 8-bit integers: compare int8 with fp32 by benchmark --against"),
  /** Adds four products at a time in 32 bits. */
  VNNI(
      "avx512_vnni avx_vnni",
      "VNNI, which multiplies 8-bit integers: int8 models are faster than fp32 ones"),
  /** Adds two products at a time in 16 bits, which may overflow. */
  PAIRS("avx2 sse2", "no VNNI: int8 models are no faster than fp32 ones, so embed with fp32"),
  /** Multiplies small matrices. */
  I8MM(
      "i8mm",
      "I8MM, which multiplies 8-bit integers: compare int8 with fp32 by benchmark --against"),
  /** Adds four products at a time in 32 bits. */
  DOT_PRODUCT("asimddp", "8-bit dot products: compare int8 with fp32 by benchmark --against"),
  /** The system does not say. */
  UNKNOWN(
      "",
      "instruction sets that this system does not name: compare int8 with fp32 by benchmark --against");

  /** Names of instruction sets of which one is enough, separated by spaces. */
  private final String features;

  private final String meaning;

  Int8Support(String features, String meaning) {
    this.features = features;
    this.meaning = meaning;
  }

  static Int8Support of(Processor processor) {
    return Arrays.stream(values())
        .filter(support -> processor.hasAny(List.of(support.features.split(" ", -1))))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** What the processor has, and what that means for int8 models. */
  String meaning() {
    return meaning;
  }
}
