package io.e5spark.importer;

import io.e5spark.config.VectorSettings;
import io.e5spark.model.CardReader;
import io.e5spark.model.Pooling;
import io.e5spark.model.Prompts;
import io.e5spark.model.card.Modules;
import io.e5spark.model.card.Stated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an imported model will demand of its users, and where this comes from.
 *
 * @param modules the parts of the checkpoint
 * @param pooling how the vectors of the tokens become one
 * @param prompts what goes in front of texts
 * @param maxTokens the longest input, including the special tokens
 * @param notes what the user should know, each on one line
 */
record ImportCard(
    Modules modules,
    Stated<Pooling> pooling,
    Stated<Prompts> prompts,
    Stated<Integer> maxTokens,
    List<String> notes) {
  /** The name of the user as a source. */
  static final String USER = "the command line";

  /**
   * Reads the card.
   *
   * @param tokenizer what the tokenizer was made from
   * @param wanted the prompts that the user named, which take precedence
   * @throws IllegalArgumentException if the checkpoint demands something that this library does not
   *     support, or nothing names its prompts
   */
  static ImportCard of(CardReader reader, String tokenizer, @Nullable Prompts wanted)
      throws IOException {
    Stated<Pooling> pooling = reader.pooling();
    Stated<Integer> longest = reader.longestInput();
    Optional<Stated<Prompts>> own = reader.prompts();
    Stated<Prompts> prompts =
        wanted != null
            ? new Stated<>(wanted, USER)
            : own.orElseThrow(() -> unknown(tokenizer, pooling, longest));
    reader.requirePooled(prompts.value());
    return new ImportCard(
        reader.modules(), pooling, prompts, longest, notes(reader, prompts, longest));
  }

  private static IllegalArgumentException unknown(
      String tokenizer, Stated<Pooling> pooling, Stated<Integer> longest) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "it names no prompts and is not a published model; add --prompts e5, --prompts none, or --query-prompt with --passage-prompt (found: %s pooling by %s; tokenizer %s; at most %d tokens by %s)",
            pooling.value(),
            pooling.source(),
            tokenizer,
            longest.value(),
            longest.source()));
  }

  private static List<String> notes(
      CardReader reader, Stated<Prompts> prompts, Stated<Integer> longest) throws IOException {
    List<String> notes = new ArrayList<>();
    Optional<Stated<Prompts>> own = reader.prompts();
    if (own.isPresent() && !own.get().value().equals(prompts.value())) {
      notes.add(
          "The prompts come from %s, not from %s: %s"
              .formatted(
                  prompts.source(), own.get().source(), ImportDescription.text(own.get().value())));
    }
    Optional<Stated<Integer>> stated = reader.stated();
    if (stated.isPresent() && stated.get().value() > VectorSettings.LONGEST) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Texts are truncated at %d tokens, the longest input of e5-spark, although %s would allow %d",
              longest.value(),
              stated.get().source(),
              stated.get().value()));
    }
    return notes;
  }
}
