package io.e5spark.benchmark;

import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Made-up texts for benchmarks, which are the same in every run and about as long as abstracts. */
public final class SyntheticTexts {
  private static final int SEED = 7;
  private static final double MEAN_LOG_WORDS = 5.2;
  private static final double SPREAD = 0.5;
  private static final String[] SYLLABLES = {
    "ba", "con", "der", "ex", "fi", "gra", "hol", "in", "ju", "ka", "lo", "mer", "na", "or", "per",
    "qua", "re", "sta", "ti", "un", "ver", "win", "ya", "zo"
  };

  private SyntheticTexts() {}

  /** Writes them as JSON lines into a directory, and says how to read them. */
  public static TextSource in(Path directory, int count) {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(String.format(Locale.ROOT, "{\"id\":%d,\"text\":\"%s\"}", i, text(random)));
    }
    Path file = directory.resolve("texts.jsonl");
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
    return new TextSource(
        file.toString(), SourceFormat.JSON, List.of("id"), List.of("text"), List.of());
  }

  private static String text(Random random) {
    long words = Math.round(Math.exp(MEAN_LOG_WORDS + SPREAD * random.nextGaussian()));
    StringBuilder text = new StringBuilder();
    for (long word = 0; word < words; word++) {
      for (int syllable = random.nextInt(3); syllable >= 0; syllable--) {
        text.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
      }
      text.append(' ');
    }
    return text.toString().strip();
  }
}
