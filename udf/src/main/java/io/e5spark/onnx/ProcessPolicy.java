package io.e5spark.onnx;

/**
 * What this process does when its device is lost. Calls fail, unless the process is said to be one
 * that others replace.
 */
public final class ProcessPolicy {
  private static volatile DeviceLoss deviceLoss = DeviceLoss.FAIL_CALL;

  private ProcessPolicy() {}

  /** From now on this process ends when its device is lost; for executors alone. */
  public static void endWhenDeviceIsLost() {
    deviceLoss = DeviceLoss.END_PROCESS;
  }

  static DeviceLoss deviceLoss() {
    return deviceLoss;
  }
}
