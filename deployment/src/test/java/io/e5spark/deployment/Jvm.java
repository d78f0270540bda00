package io.e5spark.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A separate Java process that listens on loopback alone and ends with the test. */
final class Jvm implements AutoCloseable {
  /** The options of processes that live for a few seconds. */
  static final List<String> SHORT_LIVED =
      List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC");

  private final Process process;
  private final Path out;
  private final Path err;

  private Jvm(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a main class.
   *
   * @param directory the directory for the process's logs
   * @param arguments the options of the virtual machine, the main class, and its arguments
   */
  static Jvm start(
      Path directory, Map<String, String> environment, String classPath, List<String> arguments)
      throws IOException {
    Path out = Files.createTempFile(directory, "process", ".out");
    Path err = Files.createTempFile(directory, "process", ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("..", "conf", "java.options").toRealPath());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-cp", classPath));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_HOSTNAME", "127.0.0.1");
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    builder.environment().putAll(environment);
    return new Jvm(builder.start(), out, err);
  }

  /** Waits until the log matches the pattern, and returns the first group. */
  String awaitLog(Pattern pattern) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (Instant.now().isBefore(end)) {
      Matcher found = pattern.matcher(err());
      if (found.find()) {
        return found.group(1);
      }
      if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new IllegalStateException("Cannot find " + pattern + " in the log: " + err());
  }

  /** Waits for the end of the process, and returns its exit code. */
  int exitCode() throws InterruptedException, IOException {
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      throw new IllegalStateException("Cannot wait any longer: " + out() + err());
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  /** Ends the process and all processes that it started. */
  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroy();
    process.onExit().orTimeout(5, TimeUnit.SECONDS).exceptionally(late -> null).join();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }
}
