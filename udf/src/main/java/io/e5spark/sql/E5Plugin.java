package io.e5spark.sql;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.e5spark.cluster.ProcessCounters;
import io.e5spark.embed.Counter;
import io.e5spark.embed.SharedEmbedders;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * {@code spark.plugins=io.e5spark.sql.E5Plugin}: each executor reports its {@link Counter counters}
 * to Spark's metrics system, whose sinks can export them, and frees its models before it ends.
 */
public final class E5Plugin implements SparkPlugin {
  @Override
  public @Nullable DriverPlugin driverPlugin() {
    return null;
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new OnExecutor();
  }

  private static final class OnExecutor implements ExecutorPlugin {
    @Override
    public void init(PluginContext context, Map<String, String> configuration) {
      MetricRegistry registry = context.metricRegistry();
      for (Counter counter : Counter.values()) {
        Gauge<Long> gauge = () -> ProcessCounters.sum(counter);
        registry.register(name(counter), gauge);
      }
    }

    private static String name(Counter counter) {
      String name = counter.name().toLowerCase(Locale.ROOT);
      return counter.isTime() ? name + "_nanoseconds" : name;
    }

    @Override
    public void shutdown() {
      SharedEmbedders.closeAll();
    }
  }
}
