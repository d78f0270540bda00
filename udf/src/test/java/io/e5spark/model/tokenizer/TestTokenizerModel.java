package io.e5spark.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.BuiltInModel;
import io.e5spark.model.TokenizerFile;
import org.junit.jupiter.api.Test;

class TestTokenizerModel {
  private static SettledTokens rule(String model) {
    String json = "{\"added_tokens\": [], \"model\": {%s}, \"version\": \"1.0\"}".formatted(model);
    return TokenizerModel.of(new TokenizerFile(json, "", 0, 0)).settledTokens();
  }

  @Test
  void ofWordPieceTheLongestWordCounts() {
    TokenizerFile builtIn = TokenizerFile.of(BuiltInModel.E5_SMALL_V2);
    assertThat(TokenizerModel.of(builtIn).settledTokens()).isEqualTo(new WordPieceTokens(100));
    assertThat(rule("\"max_input_chars_per_word\": 40, \"vocab\": {\"a\": 0}"))
        .isEqualTo(new WordPieceTokens(40));
  }

  @Test
  void ofUnigramThePiecesCount() {
    SettledTokens rule =
        rule("\"vocab\": [[\"abc\", -1.5], [\"x\", -2]], \"byte_fallback\": false, \"unk_id\": 0");
    assertThat(rule).isInstanceOf(UnigramTokens.class);
    Pieces pieces = ((UnigramTokens) rule).pieces();
    assertThat(pieces.longest()).isEqualTo(3);
    assertThat(pieces.reachAcross("abc", 1)).isTrue();
  }

  @Test
  void othersAreTokenizedWhole() {
    assertThat(rule("\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []"))
        .isEqualTo(new WholeTexts());
    assertThat(rule("\"vocab\": [[\"a\", -1]], \"byte_fallback\": true"))
        .isEqualTo(new WholeTexts());
  }
}
