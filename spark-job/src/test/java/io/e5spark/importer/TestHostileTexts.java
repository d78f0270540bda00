package io.e5spark.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.embed.E5Embedder;
import io.e5spark.embed.EmbedderPlan;
import io.e5spark.embed.Embedding;
import io.e5spark.importer.checkpoint.SyntheticCheckpoint;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.ModelDirectory;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.NumberFormat;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests unusual texts with the real tokenizer and a small encoder: a text has the same vector alone
 * and in a batch. The property {@code -De5.hostile-texts=100000} sets the number of texts.
 */
class TestHostileTexts {
  private static final int LONG = 1 << 20;
  private static final int LONG_ONES_IN = 10_000;
  private static final int BATCH = 500;
  private static final String EMOJI =
      "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\uD83C\uDDE9\uD83C\uDDEA\u2764\uFE0F\uD83D\uDC4D\uD83C\uDFFD";

  @TempDir Path directory;
  private final Random random = new Random(5);

  private E5Embedder embedder() throws Exception {
    Path checkpoint =
        new SyntheticCheckpoint(32, 2, 2, 30_522, 512, "F32", "").in(directory.resolve("tiny"));
    try (InputStream tokenizer = BuiltInModel.E5_SMALL_V2.open(ModelFiles.TOKENIZER)) {
      Files.copy(
          tokenizer, checkpoint.resolve(ModelFiles.TOKENIZER), StandardCopyOption.REPLACE_EXISTING);
    }
    Path model = directory.resolve("model");
    ModelImport.create(ModelDirectory.at(checkpoint), model, NumberFormat.FP32);
    Settings settings = Settings.read(Map.of("model", model.toString()));
    return EmbedderPlan.of(settings, ModelDirectory.at(model)).open(ModelDirectory.at(model));
  }

  @Test
  void eachHasTheVectorThatItHasAlone() throws Exception {
    int wanted = Integer.getInteger("e5.hostile-texts", 1_000);
    List<String> texts = new ArrayList<>(blocks());
    while (texts.size() < wanted) {
      texts.add(text(texts.size()));
    }
    try (E5Embedder embedder = embedder()) {
      for (int start = 0; start < texts.size(); start += BATCH) {
        List<String> batch = texts.subList(start, Math.min(start + BATCH, texts.size()));
        List<Embedding> together = embed(embedder, batch);
        for (int i = 0; i < batch.size(); i++) {
          float[] vector = together.get(i).vector();
          float[] alone = embed(embedder, List.of(batch.get(i))).get(0).vector();
          assertThat(distance(vector, alone)).as(shown(batch.get(i))).isLessThan(1e-5);
        }
      }
    }
  }

  private static List<Embedding> embed(E5Embedder embedder, List<String> texts) {
    return embedder.embed(texts, InputType.PASSAGE, OnError.FAIL, (counter, amount) -> {});
  }

  /** Returns the largest difference between two components, or NaN if a component is NaN. */
  private static double distance(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return largest;
  }

  private static String shown(String text) {
    return text.chars()
        .limit(40)
        .mapToObj(character -> String.format("\\u%04x", character))
        .collect(Collectors.joining());
  }

  /** Returns a text for each block of Unicode. */
  private static List<String> blocks() {
    List<String> blocks = new ArrayList<>();
    StringBuilder block = new StringBuilder();
    Character.UnicodeBlock last = null;
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += 1) {
      Character.UnicodeBlock here = Character.UnicodeBlock.of(point);
      if (!Objects.equals(here, last) && !block.isEmpty()) {
        blocks.add(block.toString());
        block.setLength(0);
      }
      last = here;
      if (block.length() < 40) {
        block.appendCodePoint(point);
      }
    }
    blocks.add(block.toString());
    return blocks;
  }

  private String text(int number) {
    if (number % LONG_ONES_IN == LONG_ONES_IN - 1) {
      return "long words ".repeat(LONG / 11);
    }
    int length = 1 + random.nextInt(60);
    return switch (number % 8) {
      case 0 -> bytes(length);
      case 1 -> points(length, Character.MIN_SURROGATE - 64, Character.MAX_SURROGATE + 64);
      case 2 -> points(1, 0, Character.MAX_CODE_POINT);
      case 3 -> points(length, 0, ' ');
      case 4 -> " \t\n\u00a0\u2003\u200b".repeat(length);
      case 5 -> points(length, 0x590, 0x6ff) + "\u202e" + points(length, 'a', 'z');
      case 6 -> EMOJI.substring(0, 1 + random.nextInt(EMOJI.length())).repeat(1 + length / 20);
      default -> points(length, 0, Character.MAX_CODE_POINT);
    };
  }

  private String bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String points(int length, int from, int to) {
    return IntStream.range(0, length)
        .map(i -> from + random.nextInt(to - from + 1))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
