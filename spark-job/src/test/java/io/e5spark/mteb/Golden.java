package io.e5spark.mteb;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Expected values that numpy, scipy and scikit-learn computed. Their files are optional. */
public final class Golden {
  private static final Path FOLDER = Path.of("../../shared/golden/mteb");

  private Golden() {}

  /** Returns the cases of a file. The test is skipped if the file is absent. */
  public static List<JsonObject> cases(String file) {
    Path path = FOLDER.resolve(file);
    assumeTrue(Files.exists(path), "Skipped: there is no " + path);
    try {
      List<JsonObject> cases = new ArrayList<>();
      JsonParser.parseString(Files.readString(path))
          .getAsJsonObject()
          .getAsJsonArray("cases")
          .forEach(one -> cases.add(one.getAsJsonObject()));
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double number(JsonElement value) {
    return value.getAsString().equals("NaN") ? Double.NaN : value.getAsDouble();
  }

  public static double[] doubles(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToDouble(Golden::number).toArray();
  }

  public static int[] ints(JsonElement array) {
    return array.getAsJsonArray().asList().stream().mapToInt(JsonElement::getAsInt).toArray();
  }

  public static List<String> strings(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  public static float[][] vectors(JsonElement array) {
    JsonArray rows = array.getAsJsonArray();
    return rows.asList().stream().map(Golden::vector).toArray(float[][]::new);
  }

  private static float[] vector(JsonElement row) {
    JsonArray values = row.getAsJsonArray();
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i).getAsFloat();
    }
    return vector;
  }

  public static boolean[] flags(JsonElement array) {
    int[] values = ints(array);
    boolean[] flags = new boolean[values.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = values[i] == 1;
    }
    return flags;
  }
}
