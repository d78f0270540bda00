package io.e5spark.onnx.cuda;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** NVIDIA's driver, which is asked what the host has; nothing is opened on a GPU. */
final class CudaDriver {
  private static final int NO_DEVICE = 100;
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int NAME_LENGTH = 256;

  private final NativeLibrary library;

  private CudaDriver(NativeLibrary library) {
    this.library = library;
  }

  /**
   * Loads the driver.
   *
   * @param library its name, or a path
   * @throws IllegalArgumentException if it does not exist, or does not start
   */
  static CudaDriver load(String library) {
    try {
      CudaDriver driver = new CudaDriver(NativeLibrary.getInstance(library));
      int result = driver.call("cuInit", 0);
      if (result != 0 && result != NO_DEVICE) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "the NVIDIA driver does not start (error %d of cuInit)", result));
      }
      return driver;
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalArgumentException("%s cannot be loaded".formatted(library), e);
    }
  }

  private int call(String function, Object... arguments) {
    Function called = library.getFunction(function);
    return called.invokeInt(arguments);
  }

  private void require(String function, Object... arguments) {
    int result = call(function, arguments);
    if (result != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "the NVIDIA driver answers %s with error %d", function, result));
    }
  }

  /** The newest CUDA that the driver supports, times a thousand: 12080 for 12.8. */
  int cudaVersion() {
    IntByReference version = new IntByReference();
    require("cuDriverGetVersion", version);
    return version.getValue();
  }

  /** The GPUs that this process sees. */
  List<Gpu> gpus() {
    IntByReference count = new IntByReference();
    int result = call("cuDeviceGetCount", count);
    int gpus = result == 0 ? count.getValue() : 0;
    return IntStream.range(0, gpus).mapToObj(this::gpu).toList();
  }

  private Gpu gpu(int number) {
    IntByReference device = new IntByReference();
    require("cuDeviceGet", device, number);
    Memory name = new Memory(NAME_LENGTH);
    require("cuDeviceGetName", name, NAME_LENGTH, device.getValue());
    LongByReference bytes = new LongByReference();
    require("cuDeviceTotalMem_v2", bytes, device.getValue());
    int capability = 10 * attribute(MAJOR, device.getValue()) + attribute(MINOR, device.getValue());
    return new Gpu(
        number, name.getString(0, StandardCharsets.UTF_8.name()), bytes.getValue(), capability);
  }

  private int attribute(int attribute, int device) {
    IntByReference value = new IntByReference();
    require("cuDeviceGetAttribute", value, attribute, device);
    return value.getValue();
  }
}
