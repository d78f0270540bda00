package io.e5spark.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.e5spark.platform.Resource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The published nDCG@10 of the E5 models on the data sets of BEIR. */
final class PublishedScores {
  private static final String RESOURCE = "published-ndcg-at-10.json";

  private PublishedScores() {}

  /**
   * The published number, from 0 to 1; null if none is known. Case and punctuation of names do not
   * matter.
   */
  static @Nullable Double find(String model, String dataset, String split) {
    String usual = plain(dataset).equals("msmarco") ? "dev" : "test";
    if (!split.equals(usual)) {
      return null;
    }
    JsonNode models = read().get("models");
    for (String name : (Iterable<String>) models::fieldNames) {
      if (plain(name).equals(plain(model.substring(model.lastIndexOf('/') + 1)))) {
        return score(models.get(name), dataset);
      }
    }
    return null;
  }

  private static @Nullable Double score(JsonNode ofModel, String dataset) {
    for (String name : (Iterable<String>) ofModel::fieldNames) {
      if (plain(name).equals(plain(dataset))) {
        return ofModel.get(name).doubleValue();
      }
    }
    return null;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]", "")
        .replaceFirst("^webis", "")
        .replaceFirst("retrieval$|2018$|2020$|entity$", "");
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(new Resource(PublishedScores.class, RESOURCE).text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read resource " + RESOURCE, e);
    }
  }
}
