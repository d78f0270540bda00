package io.e5spark.model;

import io.e5spark.config.VectorSettings;
import io.e5spark.model.card.LongestInput;
import io.e5spark.model.card.Modules;
import io.e5spark.model.card.PoolingFile;
import io.e5spark.model.card.PromptsFile;
import io.e5spark.model.card.Stated;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the files of a model that was not imported say about it and, where they say nothing, what
 * the published model of its name has.
 *
 * @param modules the parts of the model
 * @param published the published model of its name
 */
public record CardReader(ModelFiles files, Modules modules, Optional<PublishedModel> published) {
  private static final String UNSAID = "the default";

  /**
   * Looks for the files.
   *
   * @throws IllegalArgumentException if {@code modules.json} is broken
   */
  public static CardReader of(ModelFiles files) throws IOException {
    return new CardReader(files, Modules.of(files), PublishedModel.named(files.modelName()));
  }

  /**
   * The names of the existing files that say what a model demands of its users: only the manifest
   * if the model was imported.
   */
  public static List<String> files(ModelFiles files) throws IOException {
    if (files.has(ModelManifest.FILE)) {
      return List.of(ModelManifest.FILE);
    }
    Modules modules = Modules.of(files);
    List<String> names = new ArrayList<>(List.of(Modules.FILE, PromptsFile.FILE));
    names.add(modules.encoder() + LongestInput.CONFIG);
    names.add(modules.encoder() + LongestInput.TOKENIZER_CONFIG);
    LongestInput.sentenceConfig(files, modules).ifPresent(names::add);
    modules.pooling().ifPresent(names::add);
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (files.has(name)) {
        found.add(name);
      }
    }
    return found;
  }

  /**
   * How the vectors of the tokens become one.
   *
   * @throws IllegalArgumentException if this library does not support it
   */
  public Stated<Pooling> pooling() throws IOException {
    modules.requireServed(files);
    Optional<PoolingFile> file = PoolingFile.of(files, modules);
    if (file.isPresent()) {
      return new Stated<>(Pooling.of(file.get().mode()), file.get().file());
    }
    return published
        .map(model -> new Stated<>(model.pooling(), source(model)))
        .orElse(new Stated<>(Pooling.MEAN, UNSAID));
  }

  /** The prompts in front of texts; empty if nothing states them. */
  public Optional<Stated<Prompts>> prompts() throws IOException {
    return PromptsFile.of(files)
        .map(said -> new Stated<>(new Prompts(said.query(), said.passage()), PromptsFile.FILE))
        .or(() -> published.map(model -> new Stated<>(model.prompts(), source(model))));
  }

  /**
   * Checks that the tokens of prompts are pooled like all others.
   *
   * @throws IllegalArgumentException if the model leaves them out
   */
  public void requirePooled(Prompts prompts) throws IOException {
    Optional<PoolingFile> file = PoolingFile.of(files, modules);
    if (file.isPresent() && !file.get().includesPrompt() && !prompts.equals(Prompts.NONE)) {
      throw new IllegalArgumentException(
          "its %s leaves prompts out of the pooling: include_prompt is false (must be true, or no prompts)"
              .formatted(file.get().file()));
    }
  }

  /** The longest input, limited to the longest that this library allows. */
  public Stated<Integer> longestInput() throws IOException {
    Stated<Integer> longest = stated().orElse(new Stated<>(VectorSettings.LONGEST, UNSAID));
    return longest.value() <= VectorSettings.LONGEST
        ? longest
        : new Stated<>(VectorSettings.LONGEST, "the limit of e5-spark");
  }

  /** The longest input as the model states it. */
  public Optional<Stated<Integer>> stated() throws IOException {
    Optional<Stated<Integer>> said = LongestInput.of(files, modules);
    Optional<Stated<Integer>> known =
        published.map(model -> new Stated<>(model.maxTokens(), source(model)));
    boolean less =
        said.isPresent() && known.isPresent() && known.get().value() < said.get().value();
    return said.isEmpty() || less ? known : said;
  }

  private static String source(PublishedModel model) {
    return "the published " + model;
  }
}
