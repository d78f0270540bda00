package io.e5spark.doctor;

import io.e5spark.cluster.Models;
import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.package$;

/** Examines everything that embedding needs in this process, including the embedding of a text. */
public final class Examination {
  private static final int JAVA = 17;
  private static final String RUNTIME_CLASS = "ai/onnxruntime/OrtEnvironment.class";

  private final Settings settings;
  private final Findings findings;

  /**
   * An examination of this process.
   *
   * @param where the name of the process
   */
  public Examination(Settings settings, String where) {
    this.settings = settings;
    this.findings = new Findings(where);
  }

  /** All findings; causes come before their consequences. */
  public List<Finding> findings() {
    java();
    spark();
    if (isOneRuntime()) {
      new DeviceExamination(settings, findings).look();
    }
    new ProcessorExamination(findings).look();
    new DiskExamination(findings).look();
    model();
    return findings.all();
  }

  private void java() {
    int version = Runtime.version().feature();
    String found = "Java %s of %s".formatted(Runtime.version(), System.getProperty("java.vendor"));
    if (version < JAVA) {
      findings.problem("java", found, "run on Java 17 or newer");
    } else {
      findings.ok("java", found);
    }
  }

  private void spark() {
    String version = package$.MODULE$.SPARK_VERSION();
    if (SupportedSpark.has(version)) {
      findings.ok("spark", "Spark " + version);
    } else {
      findings.warning(
          "spark", "Spark " + version, "e5-spark is tested on Spark " + SupportedSpark.text());
    }
  }

  private boolean isOneRuntime() {
    try {
      ClassLoader loader = Examination.class.getClassLoader();
      Set<String> places = new TreeSet<>();
      for (URL place : Collections.list(loader.getResources(RUNTIME_CLASS))) {
        places.add(place.toString().replaceAll(".*/([^/!]+)!.*", "$1"));
      }
      if (places.size() != 1) {
        findings.problem(
            "runtime",
            places.isEmpty() ? "no ONNX Runtime" : "several ONNX Runtimes: " + places,
            "put exactly one of onnxruntime and onnxruntime_gpu on the class path");
      } else {
        findings.ok("runtime", "ONNX Runtime of " + places.iterator().next());
      }
      return !places.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the class path", e);
    }
  }

  private void model() {
    try {
      EmbedderPlan plan = Models.inspect(settings);
      long start = System.nanoTime();
      Embedding rain =
          Models.embedder(plan)
              .embed(List.of("rain"), InputType.QUERY, OnError.FAIL, (counter, amount) -> {})
              .get(0);
      findings.ok(
          "model",
          String.format(
              Locale.ROOT,
              "%s, dimension %d, embeds a text of %d tokens (loading included: %.1f s)",
              settings.loading().model(),
              plan.model().dimension(),
              rain.tokens(),
              (System.nanoTime() - start) / 1e9));
    } catch (RuntimeException | LinkageError e) {
      findings.problem("model", String.valueOf(e.getMessage()).strip(), null);
    }
  }
}
