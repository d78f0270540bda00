package io.e5spark.importer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.e5spark.model.ModelFiles;
import io.e5spark.model.card.JsonFile;
import io.e5spark.model.card.Modules;
import io.e5spark.model.card.NamedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The {@code tokenizer.json} of an imported model.
 *
 * @param json its bytes
 * @param source what it was made from
 */
@SuppressWarnings("ArrayRecordComponent")
record ImportedTokenizer(byte[] json, String source) {
  /** A call that makes Hugging Face's own library write the file. */
  private static final String WAY_ON =
      "AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR) of transformers writes tokenizer.json";

  private static final List<String> OTHERS =
      List.of("sentencepiece.bpe.model", "spiece.model", "tokenizer.model", "merges.txt");

  /**
   * Makes the tokenizer from that of the checkpoint or from its {@code vocab.txt}, with the changes
   * in the settings beside it.
   *
   * @throws IllegalArgumentException if it cannot be made
   */
  static ImportedTokenizer of(NamedFiles files, Modules modules) throws IOException {
    String own = modules.encoder() + ModelFiles.TOKENIZER;
    String vocabulary = modules.encoder() + WordPieceFile.FILE;
    if (files.has(own)) {
      Optional<JsonObject> tokenizer = JsonFile.object(files, own);
      byte[] bytes = bytes(files, own);
      return adapted(new ImportedTokenizer(bytes, own), tokenizer.orElseThrow(), files, modules);
    }
    if (files.has(vocabulary)) {
      JsonObject tokenizer = WordPieceFile.tokenizer(files, modules);
      return adapted(of(tokenizer, "made of " + vocabulary), tokenizer, files, modules);
    }
    throw new IllegalArgumentException(
        "it has no %s, %s (%s)".formatted(own, found(files, modules), WAY_ON));
  }

  private static String found(NamedFiles files, Modules modules) throws IOException {
    for (String name : OTHERS) {
      if (files.has(modules.encoder() + name)) {
        return "only " + name;
      }
    }
    return "and no " + WordPieceFile.FILE;
  }

  private static byte[] bytes(NamedFiles files, String name) throws IOException {
    try (InputStream in = files.open(name)) {
      return in.readAllBytes();
    }
  }

  private static ImportedTokenizer of(JsonElement tokenizer, String source) {
    return new ImportedTokenizer(tokenizer.toString().getBytes(StandardCharsets.UTF_8), source);
  }

  private static ImportedTokenizer adapted(
      ImportedTokenizer before, JsonObject tokenizer, NamedFiles files, Modules modules)
      throws IOException {
    List<String> changes = new LoadedNormalizer(files, modules).apply(tokenizer);
    return changes.isEmpty()
        ? before
        : of(tokenizer, before.source + " with " + String.join(" and ", changes));
  }
}
