package io.e5spark.job;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "benchmark")
final class BenchmarkCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
