package io.e5spark.benchmark;

import io.e5spark.cluster.Models;
import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.platform.Count;
import io.e5spark.report.Stopwatch;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Compares two models in turn, on one thread, with batches of several shapes. */
public final class ModelBenchmark {
  private static final List<Shape> SHAPES =
      List.of(new Shape(1, 16), new Shape(16, 16), new Shape(32, 128), new Shape(8, 512));

  /** The tokens that each model embeds per run, so that the time of short batches is measurable. */
  private static final int TOKENS_A_RUN = 4_096;

  private final Settings first;
  private final Settings second;
  private final PrintWriter err;

  /**
   * Prepares a comparison.
   *
   * @param second the model that {@code first} is compared with
   */
  public ModelBenchmark(Settings first, Settings second, PrintWriter err) {
    this.first = first;
    this.second = second;
    this.err = err;
  }

  /** A batch of full rows. */
  record Shape(int texts, int tokens) {
    int calls() {
      return Math.max(1, TOKENS_A_RUN / (texts * tokens));
    }
  }

  /** The tokens per CPU-second of both models. */
  record Round(double first, double second) {
    double ratio() {
      return first / second;
    }
  }

  /**
   * The result for one shape.
   *
   * @param timesFaster the median of the rounds' ratios of the first model to the second
   */
  record Result(
      Shape shape,
      double timesFaster,
      double least,
      double most,
      Round median,
      List<Round> rounds) {
    static Result of(Shape shape, List<Round> rounds) {
      double[] ratios = rounds.stream().mapToDouble(Round::ratio).sorted().toArray();
      Round median =
          new Round(Rounds.median(rounds, Round::first), Rounds.median(rounds, Round::second));
      return new Result(
          shape,
          Rounds.median(rounds, Round::ratio),
          ratios[0],
          ratios[ratios.length - 1],
          median,
          rounds);
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%3d x %-3d  %.2f times faster (%.2f to %.2f), %,.0f and %,.0f tokens per CPU-second",
          shape.texts,
          shape.tokens,
          timesFaster,
          least,
          most,
          median.first,
          median.second);
    }
  }

  /** The result. */
  public record Report(String model, String against, int rounds, List<Result> shapes) {
    public String summary() {
      return String.format(
              Locale.ROOT,
              "%s against %s, one thread, medians of %s%n",
              model,
              against,
              Count.of(rounds, "round"))
          + shapes.stream().map(Result::line).collect(Collectors.joining(System.lineSeparator()));
    }
  }

  public Report run(int rounds) {
    List<Result> results = new ArrayList<>();
    try (E5Embedder one = embedder(first);
        E5Embedder other = embedder(second)) {
      for (Shape shape : SHAPES) {
        results.add(Result.of(shape, rounds(one, other, shape, rounds)));
        err.println(results.get(results.size() - 1).line());
      }
    }
    return new Report(first.loading().model(), second.loading().model(), rounds, results);
  }

  private static E5Embedder embedder(Settings settings) {
    return Models.lease(Models.inspect(settings));
  }

  private static List<Round> rounds(E5Embedder one, E5Embedder other, Shape shape, int rounds) {
    ShapeLoop loop = new ShapeLoop(one, shape.texts, shape.tokens);
    ShapeLoop against = new ShapeLoop(other, shape.texts, shape.tokens);
    loop.run(1);
    against.run(1);
    List<Round> measured = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      measured.add(new Round(perCpuSecond(loop, shape), perCpuSecond(against, shape)));
    }
    return measured;
  }

  private static double perCpuSecond(ShapeLoop loop, Shape shape) {
    Stopwatch stopwatch = new Stopwatch();
    loop.run(shape.calls());
    return (double) shape.calls() * shape.texts * shape.tokens / stopwatch.cpuSeconds();
  }
}
