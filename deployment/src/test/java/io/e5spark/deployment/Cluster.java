package io.e5spark.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A standalone cluster on this machine, with a master and two workers with two GPU addresses each.
 */
final class Cluster implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Pattern REGISTERED = Pattern.compile("(Successfully registered)");

  private final SparkHome home;
  private final String url;
  private final List<Jvm> processes = new ArrayList<>();

  private Cluster(SparkHome home, Jvm master) throws IOException, InterruptedException {
    this.home = home;
    this.processes.add(master);
    this.url = master.awaitLog(URL);
  }

  static Cluster start(SparkHome home) throws IOException, InterruptedException {
    Jvm master =
        home.start(
            "-Xmx256m",
            "org.apache.spark.deploy.master.Master",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--webui-port",
            "0");
    Cluster cluster = new Cluster(home, master);
    cluster.processes.add(cluster.worker("0", "1"));
    cluster.processes.add(cluster.worker("2", "3"));
    for (Jvm worker : cluster.processes.subList(1, 3)) {
      worker.awaitLog(REGISTERED);
    }
    return cluster;
  }

  private Jvm worker(String firstGpu, String secondGpu) throws IOException {
    Path script = home.directory().resolve("gpus" + firstGpu + ".sh");
    Files.writeString(
        script,
        "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"%s\", \"%s\"]}'\n"
            .formatted(firstGpu, secondGpu));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return home.start(
        "-Xmx256m",
        "-Dspark.worker.resource.gpu.amount=2",
        "-Dspark.worker.resource.gpu.discoveryScript=" + script,
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--webui-port",
        "0",
        "--cores",
        "3",
        "--memory",
        "3g",
        "--work-dir",
        work().toString(),
        url);
  }

  /** Returns the directory in which the workers keep the output of executors and drivers. */
  Path work() {
    return home.directory().resolve("work");
  }

  String url() {
    return url;
  }

  @Override
  public void close() {
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).close();
    }
  }
}
