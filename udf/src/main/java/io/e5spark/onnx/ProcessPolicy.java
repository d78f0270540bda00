package io.e5spark.onnx;

/**
 * What this process does when its device is lost. Calls fail, unless the process is declared to be
 * one that Spark replaces.
 */
public final class ProcessPolicy {
  private static volatile DeviceLoss deviceLoss = DeviceLoss.FAIL_CALL;

  private ProcessPolicy() {}

  /** Makes this process end when its device is lost; only for executors. */
  public static void endWhenDeviceIsLost() {
    deviceLoss = DeviceLoss.END_PROCESS;
  }

  static DeviceLoss deviceLoss() {
    return deviceLoss;
  }
}
