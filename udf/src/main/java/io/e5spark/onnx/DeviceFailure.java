package io.e5spark.onnx;

import io.e5spark.model.EmbeddingException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reason why a model call failed on its device, as far as its message tells. */
enum DeviceFailure {
  /** The device has no memory for a batch of this size; a smaller one may fit. */
  OUT_OF_MEMORY,
  /** The process cannot use the device any more, and every later call fails too. */
  LOST,
  /** The batch itself failed. */
  OTHER;

  /** Errors of the CUDA runtime that remain until the process ends. */
  private static final List<Integer> STICKY =
      List.of(214, 220, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 999);

  private static final List<String> STICKY_WORDS =
      List.of(
          "illegal memory access",
          "misaligned address",
          "unspecified launch failure",
          "illegal instruction",
          "device-side assert",
          "uncorrectable ecc",
          "cudaerrorillegaladdress",
          "cudaerrorlaunchfailure");

  private static final List<String> MEMORY_WORDS =
      List.of(
          "failed to allocate memory",
          "smaller than requested",
          "out of memory",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "bad_alloc");

  private static final Pattern NUMBER = Pattern.compile("cuda (?:failure|error):? *(\\d{1,9})");

  static DeviceFailure of(EmbeddingException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (isSticky(message)) {
      return LOST;
    }
    return MEMORY_WORDS.stream().anyMatch(message::contains) ? OUT_OF_MEMORY : OTHER;
  }

  private static boolean isSticky(String message) {
    Matcher number = NUMBER.matcher(message);
    boolean numbered = number.find() && STICKY.contains(Integer.parseInt(number.group(1)));
    return numbered || STICKY_WORDS.stream().anyMatch(message::contains);
  }
}
