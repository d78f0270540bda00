package io.e5spark.benchmark;

import io.e5spark.cluster.Models;
import io.e5spark.config.Device;
import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.model.EncoderCost;
import io.e5spark.report.Stopwatch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how much of a device one session of a model uses with full batches of several lengths
 * and token budgets: its floating-point operations per second, divided by those of matrix products.
 * On the CPU, both are measured in turn on one thread, by CPU time. The peak of a GPU must be
 * given.
 */
public final class ShapeBenchmark {
  private static final List<Integer> LENGTHS = List.of(16, 64, 128, 330, 512);
  private static final List<Integer> CPU_BUDGETS = List.of(256, 512, 1_024, 4_096);
  private static final List<Integer> GPU_BUDGETS = List.of(8_192, 16_384, 32_768, 65_536, 131_072);

  /** The tokens of a round at least, so that the time of small batches is measurable. */
  private static final int TOKENS_A_ROUND = 4_096;

  private final Settings settings;
  private final @Nullable Double peakTeraflops;
  private final PrintWriter err;

  /**
   * Prepares a benchmark.
   *
   * @param peakTeraflops the operations of the device per second, in units of 10^12; null measures
   *     those of the CPU
   */
  public ShapeBenchmark(Settings settings, @Nullable Double peakTeraflops, PrintWriter err) {
    this.settings = settings;
    this.peakTeraflops = peakTeraflops;
    this.err = err;
  }

  /**
   * Calls of the model, and one of matrix products.
   *
   * @param peak the operations per second, of wall time on a GPU and of CPU time on the CPU; 0 if
   *     unknown
   */
  private record Round(double perSecond, double perCpuSecond, double peak) {}

  public ShapeReport run(int rounds) {
    EmbedderPlan plan = Models.inspect(settings);
    try (E5Embedder embedder = Models.lease(plan)) {
      return run(embedder, plan.settings().vectors().maxTokens(), rounds);
    }
  }

  private ShapeReport run(E5Embedder embedder, int longest, int rounds) {
    boolean onGpu = embedder.device() == Device.CUDA;
    List<ShapeReport.Line> lines = new ArrayList<>();
    List<Double> peaks = new ArrayList<>();
    try (PeakRate products = new PeakRate()) {
      for (int budget : onGpu ? GPU_BUDGETS : CPU_BUDGETS) {
        for (int tokens : LENGTHS) {
          if (tokens <= Math.min(longest, budget)) {
            List<Round> measured = rounds(embedder, budget / tokens, tokens, products, rounds);
            peaks.add(Rounds.median(measured, Round::peak));
            lines.add(line(budget / tokens, tokens, measured, onGpu));
            err.printf(Locale.ROOT, "%d tokens of budget %d done%n", tokens, budget);
          }
        }
      }
    }
    double peak = Rounds.median(peaks, Double::doubleValue);
    String device = onGpu ? "cuda" : "cpu";
    return new ShapeReport(
        settings.loading().model(), device, peak > 0 ? peak / 1e12 : null, rounds, lines);
  }

  private List<Round> rounds(
      E5Embedder embedder, int texts, int tokens, PeakRate products, int rounds) {
    ShapeLoop loop = new ShapeLoop(embedder, texts, tokens);
    int calls = Math.max(1, TOKENS_A_ROUND / (texts * tokens));
    loop.run(1);
    List<Round> measured = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Stopwatch stopwatch = new Stopwatch();
      loop.run(calls);
      double seconds = stopwatch.seconds();
      double cpuSeconds = stopwatch.cpuSeconds();
      double given = (double) calls * texts * tokens;
      double peak = peak(embedder.device(), products);
      measured.add(new Round(given / seconds, given / cpuSeconds, peak));
    }
    return measured;
  }

  private double peak(Device device, PeakRate products) {
    if (peakTeraflops != null) {
      return peakTeraflops * 1e12;
    }
    if (device == Device.CUDA) {
      return 0;
    }
    Stopwatch stopwatch = new Stopwatch();
    return products.run() / stopwatch.cpuSeconds();
  }

  private ShapeReport.Line line(int texts, int tokens, List<Round> rounds, boolean onGpu) {
    Optional<EncoderCost> cost = Models.cost(settings);
    Double utilization = null;
    if (cost.isPresent() && rounds.get(0).peak > 0) {
      double operations = cost.get().operations(tokens);
      utilization =
          Rounds.median(
              rounds,
              round -> operations * (onGpu ? round.perSecond : round.perCpuSecond) / round.peak);
    }
    return new ShapeReport.Line(
        texts,
        tokens,
        Rounds.median(rounds, Round::perSecond),
        Rounds.median(rounds, Round::perCpuSecond),
        utilization);
  }
}
