package io.e5spark.deployment;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** Hadoop's YARN on this machine, with one node that declares two GPUs without having them. */
final class YarnCluster implements AutoCloseable {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("fs.defaultFS", "file:///"),
          Map.entry("yarn.resourcemanager.bind-host", "127.0.0.1"),
          Map.entry("yarn.nodemanager.bind-host", "127.0.0.1"),
          Map.entry("yarn.resource-types", "yarn.io/gpu"),
          Map.entry("yarn.nodemanager.resource-type.yarn.io/gpu", "2"),
          Map.entry(
              "yarn.scheduler.capacity.resource-calculator",
              "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator"),
          Map.entry("yarn.scheduler.capacity.root.queues", "default"),
          Map.entry("yarn.scheduler.capacity.root.default.capacity", "100"),
          Map.entry("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0"),
          Map.entry("yarn.scheduler.minimum-allocation-mb", "256"),
          Map.entry("yarn.nodemanager.vmem-check-enabled", "false"),
          Map.entry("yarn.nodemanager.disk-health-checker.enable", "false"));

  private final MiniYARNCluster cluster;
  private final Path configuration;

  private YarnCluster(MiniYARNCluster cluster, Path configuration) {
    this.cluster = cluster;
    this.configuration = configuration;
  }

  static YarnCluster start(Path directory) throws IOException {
    Configuration settings = new YarnConfiguration();
    SETTINGS.forEach(settings::set);
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 1, 1, 1);
    cluster.init(settings);
    cluster.start();
    Path configuration = Files.createDirectories(directory.resolve("hadoop"));
    for (String file : new String[] {"core-site.xml", "yarn-site.xml"}) {
      try (OutputStream out = Files.newOutputStream(configuration.resolve(file))) {
        cluster.getConfig().writeXml(out);
      }
    }
    return new YarnCluster(cluster, configuration);
  }

  /** Returns the directory for HADOOP_CONF_DIR. */
  Path configuration() {
    return configuration;
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
