package io.e5spark.onnx.cuda;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What ONNX Runtime says of a failure on a GPU, without the places in its source. */
public final class CudaMessage {
  /** For example {@code CUDA failure 2: out of memory ; GPU=0 ; … ; expr=cudaSetDevice(0);}. */
  private static final Pattern CUDA_CALL =
      Pattern.compile(
          "(?s).*\\b(\\w+ failure \\d+: [^;]*?) ; GPU=(-?\\d+) ;.*?(?:; expr=([^;]*);.*)?");

  private static final String WITHOUT_CUDA = "not compiled with CUDA support";

  private CudaMessage() {}

  /** The short form of a message. A message that is not of CUDA stays as it is. */
  public static String of(@Nullable String whole) {
    String message = String.valueOf(whole);
    if (message.contains(WITHOUT_CUDA)) {
      return "Java's library of ONNX Runtime is built without CUDA; put onnxruntime_gpu on the class path instead of onnxruntime, or name the directory in which scripts/install-onnxruntime.sh installed it as onnxruntime.native.path";
    }
    Matcher call = CUDA_CALL.matcher(message);
    if (!call.matches()) {
      return message;
    }
    String expression = call.group(3) == null ? "" : ", " + call.group(3);
    return "%s (GPU %s%s)".formatted(call.group(1), call.group(2), expression);
  }
}
