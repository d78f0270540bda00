package io.e5spark.importer;

import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.TextTokenizer;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.ModelManifest;
import io.e5spark.model.NumberFormat;
import io.e5spark.model.TokenizerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model directory made of a Hugging Face checkpoint, and the proof that it is right. */
public final class ModelImport {
  /** From a few tokens to many, none of them special. */
  private static final List<String> TEXTS =
      List.of(
          "query: salt",
          "query: how much protein should a female eat",
          "passage: The moon rises about fifty minutes later each day, since it moves on along its way"
              + " around the earth while the earth turns.",
          "passage: Bread that is baked too hot gets dark outside before it is done inside. Bakers"
              + " turn the oven down after ten minutes, leave the door ajar for the last five, and"
              + " knock on the bottom of the loaf: it sounds hollow when it is ready. Ünïcödé, 漢字"
              + " and 42.5 % are read as well.");

  private ModelImport() {}

  /** Imports a checkpoint as a padded graph. */
  public static ModelManifest create(ModelDirectory from, Path to, NumberFormat precision) {
    return create(from, to, precision, GraphLayout.PADDED);
  }

  /**
   * Imports a checkpoint. The directory appears when it is complete.
   *
   * @param from its files in a local directory, and what the user calls it
   * @param to must not exist
   * @param precision of the large products
   * @throws IllegalArgumentException if the checkpoint cannot be imported, or the target exists
   */
  public static ModelManifest create(
      ModelDirectory from, Path to, NumberFormat precision, GraphLayout form) {
    if (form == GraphLayout.PACKED && precision != NumberFormat.FP16) {
      throw new IllegalArgumentException(
          "Invalid precision: %s (must be fp16 for a packed graph)".formatted(precision));
    }
    Path target = to.toAbsolutePath();
    if (Files.exists(target)) {
      throw new IllegalArgumentException(
          "Cannot import to %s: it exists already (name a new directory)".formatted(to));
    }
    try (CheckpointImport source = CheckpointImport.of(from)) {
      Files.createDirectories(target.getParent());
      // Not a temporary directory: only its owner could read it.
      Path unfinished =
          Files.createDirectory(target.resolveSibling(".e5-import-" + UUID.randomUUID()));
      try {
        ModelManifest manifest = write(source, unfinished, precision, form);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        return manifest;
      } catch (IOException | RuntimeException e) {
        delete(unfinished);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write %s: %s".formatted(to, e.getMessage()), e);
    }
  }

  private static ModelManifest write(
      CheckpointImport source, Path directory, NumberFormat precision, GraphLayout form) {
    source.writeTokenizer(directory);
    int[][] ids = tokens(directory, source.maxTokens(), TEXTS);
    if (precision == NumberFormat.FP32) {
      source.writeGraph(directory);
    } else {
      int[][] sample = tokens(directory, source.maxTokens(), SampleTexts.read());
      source.writeReducedGraph(directory, precision, form, sample);
    }
    double[][] vectors = source.reference(ids);
    List<ModelManifest.Golden> golden = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      golden.add(
          new ModelManifest.Golden(
              TEXTS.get(i),
              IntStream.of(ids[i]).boxed().toList(),
              Arrays.stream(vectors[i]).boxed().toList()));
    }
    Map<String, String> versions = Map.of("java", Runtime.version().toString());
    return source.writeManifest(directory, golden, versions);
  }

  private static int[][] tokens(Path directory, int maxTokens, List<String> texts) {
    TokenizerFile file = TokenizerFile.of(ModelDirectory.at(directory));
    try (TextTokenizer tokenizer = TextTokenizer.of(file)) {
      return texts.stream()
          .map(text -> tokenizer.tokenize("", text, maxTokens).ids())
          .toArray(int[][]::new);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /**
   * One comparison.
   *
   * @param what is compared
   * @param worst largest difference of a component
   * @param tolerance that it may have
   */
  public record Check(String what, double worst, double tolerance) {
    /** Whether it is within the tolerance. */
    public boolean holds() {
      return worst <= tolerance;
    }
  }

  /**
   * Computes the model's golden texts on this machine and compares.
   *
   * @throws IllegalArgumentException if the model was not imported or has changed since
   */
  public static List<Check> verify(ModelFiles files, Settings settings) {
    ModelManifest manifest =
        ModelManifest.of(files)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot verify model %s: it has no %s, since it was not made by model import"
                            .formatted(files.location(), ModelManifest.FILE)));
    try (E5Embedder embedder = EmbedderPlan.of(settings, files).open(files)) {
      return new Verification(embedder, manifest).checks();
    }
  }

  private static final class Verification {
    private static final double EXACT = 0;
    private static final double NORM = 1e-5;

    private final E5Embedder embedder;
    private final ModelManifest manifest;
    private final List<String> texts;

    Verification(E5Embedder embedder, ModelManifest manifest) {
      this.embedder = embedder;
      this.manifest = manifest;
      this.texts = manifest.golden().stream().map(ModelManifest.Golden::text).toList();
    }

    List<Check> checks() {
      NumberFormat precision = manifest.precision();
      List<float[]> alone = new ArrayList<>();
      for (String text : texts) {
        alone.add(vectors(List.of(text)).get(0));
      }
      List<float[]> together = vectors(texts);
      return List.of(
          new Check("tokens that differ", wrongTokens(), EXACT),
          new Check("golden vectors", worst(alone, this::golden), precision.tolerance()),
          new Check("in a batch, padded", worst(together, i -> alone.get(i)), precision.noise()),
          new Check("norm", manifest.normalize() ? worstNorm(alone) : 0, NORM));
    }

    private long wrongTokens() {
      List<int[]> tokens = embedder.tokensAsIs(texts);
      return IntStream.range(0, tokens.size())
          .filter(
              i ->
                  !IntStream.of(tokens.get(i))
                      .boxed()
                      .toList()
                      .equals(manifest.golden().get(i).ids()))
          .count();
    }

    private List<float[]> vectors(List<String> texts) {
      return embedder.embedAsIs(texts);
    }

    private float[] golden(int text) {
      List<Double> vector = manifest.golden().get(text).vector();
      float[] floats = new float[vector.size()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = vector.get(i).floatValue();
      }
      return floats;
    }

    private static double worst(
        List<float[]> vectors, java.util.function.IntFunction<float[]> expected) {
      double worst = 0;
      for (int text = 0; text < vectors.size(); text++) {
        float[] actual = vectors.get(text);
        float[] wanted = expected.apply(text);
        for (int i = 0; i < wanted.length; i++) {
          worst = Math.max(worst, Math.abs(actual[i] - wanted[i]));
        }
      }
      return worst;
    }

    private static double worstNorm(List<float[]> vectors) {
      double worst = 0;
      for (float[] vector : vectors) {
        double square = 0;
        for (float component : vector) {
          square += (double) component * component;
        }
        worst = Math.max(worst, Math.abs(Math.sqrt(square) - 1));
      }
      return worst;
    }
  }
}
