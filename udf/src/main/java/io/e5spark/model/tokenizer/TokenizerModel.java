package io.e5spark.model.tokenizer;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.e5spark.model.TokenizerFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/**
 * The {@code model} of a {@code tokenizer.json}, which is read without keeping its vocabulary of
 * tens of megabytes.
 */
public final class TokenizerModel {
  private final Pieces pieces = new Pieces();
  private boolean byteFallback;
  private int longestWord;

  private TokenizerModel() {}

  /** Reads the model of a tokenizer. */
  public static TokenizerModel of(TokenizerFile file) {
    TokenizerModel model = new TokenizerModel();
    try (JsonReader reader = new JsonReader(new StringReader(file.json()))) {
      reader.beginObject();
      while (reader.hasNext()) {
        if (reader.nextName().equals("model")) {
          model.readFields(reader);
        } else {
          reader.skipValue();
        }
      }
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read tokenizer: " + e.getMessage(), e);
    }
  }

  private void readFields(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      JsonToken type = reader.peek();
      if (name.equals("vocab") && type == JsonToken.BEGIN_ARRAY) {
        readPieces(reader);
      } else if (name.equals("byte_fallback") && type == JsonToken.BOOLEAN) {
        byteFallback = reader.nextBoolean();
      } else if (name.equals("max_input_chars_per_word")) {
        longestWord = reader.nextInt();
      } else {
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  /** The pieces with their scores, as Unigram has them. */
  private void readPieces(JsonReader reader) throws IOException {
    reader.beginArray();
    while (reader.hasNext()) {
      reader.beginArray();
      pieces.add(reader.nextString());
      reader.skipValue();
      reader.endArray();
    }
    reader.endArray();
  }

  /**
   * The rule of the model; the tokens of models that are neither WordPiece nor Unigram are never
   * settled.
   */
  public SettledTokens settledTokens() {
    if (longestWord > 0) {
      return new WordPieceTokens(longestWord);
    }
    // The bytes of an unknown character do not show to which piece it could have belonged.
    return pieces.longest() == 0 || byteFallback
        ? new WholeTexts()
        : new UnigramTokens(pieces.sorted());
  }
}
