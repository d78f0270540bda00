package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.e5spark.model.BuiltInModel;
import io.e5spark.model.TokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Compares token ids with those of an independent implementation. Their file lies outside the
 * project.
 */
class TestGoldenTokens {
  private static final Path GOLDEN = Path.of("../../shared/golden/e5-small-v2.json");

  @Test
  void idsEqualTheReference() throws IOException {
    assumeTrue(Files.exists(GOLDEN), "skipped: there is no " + GOLDEN);
    TextTokenizer tokenizer = TextTokenizer.of(TokenizerFile.of(BuiltInModel.E5_SMALL_V2));
    for (JsonElement golden : JsonParser.parseString(Files.readString(GOLDEN)).getAsJsonArray()) {
      String text = golden.getAsJsonObject().get("text").getAsString();
      int[] expected =
          golden.getAsJsonObject().get("token_ids").getAsJsonArray().asList().stream()
              .mapToInt(JsonElement::getAsInt)
              .toArray();
      assertThat(tokenizer.tokenize("", text, 512).ids()).isEqualTo(expected);
    }
    tokenizer.close();
  }
}
