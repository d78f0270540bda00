package io.e5spark.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The wall time and the CPU time of this process since this object was made. */
public final class Stopwatch {
  private final OperatingSystemMXBean process =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final long cpu = process.getProcessCpuTime();
  private final long wall = System.nanoTime();

  public double cpuSeconds() {
    return (process.getProcessCpuTime() - cpu) / 1e9;
  }

  public double seconds() {
    return (System.nanoTime() - wall) / 1e9;
  }
}
