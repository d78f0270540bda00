package io.e5spark.cluster;

import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The GPU that Spark gave the task.
 *
 * <pre>
 * one address                     that GPU
 * several                         one of them, by the task's partition
 * none, executors without GPUs    GPU 0: Spark does not schedule GPUs here
 * none, executors with GPUs       an error: the task did not ask for one
 * </pre>
 */
final class TaskGpu {
  private static final String RESOURCE = "gpu";

  private TaskGpu() {}

  /**
   * The number of the task's GPU among the GPUs that the process of the executor sees; 0 outside
   * tasks.
   *
   * @throws IllegalArgumentException if the address is not a number
   */
  static int number() {
    TaskContext task = TaskContext.get();
    if (task == null) {
      return 0;
    }
    ResourceInformation given = task.resourcesJMap().get(RESOURCE);
    return given == null ? 0 : number(given.addresses(), task.partitionId());
  }

  static int number(String[] addresses, int partition) {
    if (addresses.length == 0) {
      return 0;
    }
    String address = addresses[partition % addresses.length];
    try {
      return Integer.parseUnsignedInt(address.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Invalid GPU address: '%s' (must be a device's number; see the discovery script)"
              .formatted(address),
          e);
    }
  }

  /**
   * Checks that the task asked for a GPU if Spark schedules GPUs.
   *
   * @throws IllegalArgumentException if it did not
   */
  static void require() {
    TaskContext task = TaskContext.get();
    boolean scheduled =
        SparkEnv.get() != null
            && !SparkEnv.get().conf().get("spark.executor.resource.gpu.amount", "0").equals("0");
    if (task != null && scheduled && !task.resourcesJMap().containsKey(RESOURCE)) {
      throw new IllegalArgumentException(
          "Cannot use device cuda: executors have GPUs, but this task was given none (set spark.task.resource.gpu.amount)");
    }
  }
}
