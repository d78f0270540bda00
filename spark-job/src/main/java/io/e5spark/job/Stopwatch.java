package io.e5spark.job;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall time and this process's CPU time since it was made. */
final class Stopwatch {
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final long cpu = process.getProcessCpuTime();
  private final long wall = System.nanoTime();

  double cpuSeconds() {
    return (process.getProcessCpuTime() - cpu) / 1e9;
  }

  double seconds() {
    return (System.nanoTime() - wall) / 1e9;
  }
}
