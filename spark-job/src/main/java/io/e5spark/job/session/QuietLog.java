package io.e5spark.job.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;

/** Silences what a command reports itself, until this is closed. */
public final class QuietLog implements AutoCloseable {
  /**
   * Loggers that repeat, with a stack trace, what the command reports in a line, or what Spark
   * recovers from.
   */
  private static final List<String> REPEATED =
      List.of(
          "org.apache.spark.executor.Executor",
          // A heartbeat before the block manager is registered.
          "org.apache.spark.rpc.netty.Inbox",
          "org.apache.spark.scheduler.TaskSetManager",
          "org.apache.spark.util.Utils",
          "org.apache.spark.sql.execution.datasources.FileFormatWriter",
          "org.apache.spark.sql.execution.streaming.MicroBatchExecution",
          "org.apache.spark.sql.execution.streaming.runtime.MicroBatchExecution",
          "org.apache.spark.sql.delta.commands.MergeIntoCommand",
          "org.apache.spark.sql.delta.files.DeltaFileFormatWriter");

  private final Level root = LogManager.getRootLogger().getLevel();
  private final Map<String, @Nullable Level> before = new LinkedHashMap<>();

  /** Quiet from now on. */
  public QuietLog() {
    REPEATED.forEach(name -> before.put(name, level(name)));
    Configurator.setRootLevel(Level.ERROR);
    REPEATED.forEach(logger -> Configurator.setLevel(logger, Level.OFF));
  }

  /** The level that was set for a logger itself; null if it has that of its parent. */
  private static @Nullable Level level(String name) {
    LoggerConfig config = configuration().getLoggerConfig(name);
    return config.getName().equals(name) ? config.getLevel() : null;
  }

  private static Configuration configuration() {
    return ((LoggerContext) LogManager.getContext(false)).getConfiguration();
  }

  @Override
  public void close() {
    before.forEach(
        (name, level) -> {
          if (level == null) {
            configuration().removeLogger(name);
          } else {
            Configurator.setLevel(name, level);
          }
        });
    Configurator.setRootLevel(root);
    ((LoggerContext) LogManager.getContext(false)).updateLoggers();
  }
}
