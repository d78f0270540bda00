package io.e5spark.importer;

import io.e5spark.model.NumberFormat;
import io.e5spark.model.Prompts;
import java.util.List;
import java.util.Locale;

/**
 * What an import would make of a checkpoint, and why.
 *
 * @param name the name of the model
 * @param encoder the directory of the encoder's files in the checkpoint
 * @param tokenizer what its tokenizer is made from
 * @param weightBytes the approximate size of the weights
 * @param notes what the user should know, each on one line
 */
public record ImportDescription(
    String name,
    String encoder,
    int dimension,
    int layers,
    int heads,
    int vocabulary,
    String tokenizer,
    String pooling,
    String poolingSource,
    boolean normalize,
    Prompts prompts,
    String promptsSource,
    int maxTokens,
    String maxTokensSource,
    String precision,
    long weightBytes,
    List<String> notes) {
  /** The prompts on one line, with line breaks in them as {@code \n}. */
  public static String text(Prompts prompts) {
    return "query %s, passage %s".formatted(quoted(prompts.query()), quoted(prompts.passage()));
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r");
    return "\"" + escaped.replace("\n", "\\n") + "\"";
  }

  /**
   * The bytes of the weights, without those of positions and norms.
   *
   * @param words the numbers of the word table
   * @param products the numbers of the large products
   */
  static long bytes(NumberFormat precision, long words, long products) {
    return switch (precision) {
      case FP32 -> 4 * (words + products);
      case FP16 -> 2 * (words + products);
      case INT8 -> 2 * words + products;
    };
  }

  /** The description for people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        """
        Model      %s, %d layers, %d heads, dimension %d, %s
        Encoder    %s
        Tokenizer  %s, a vocabulary of %,d
        Pooling    %s, by %s%s
        Prompts    %s, by %s
        Input      at most %d tokens, by %s
        Weights    about %,d MB""",
        name,
        layers,
        heads,
        dimension,
        precision,
        encoder,
        tokenizer,
        vocabulary,
        pooling,
        poolingSource,
        normalize ? "; norm 1" : "",
        text(prompts),
        promptsSource,
        maxTokens,
        maxTokensSource,
        Math.max(1, weightBytes / 1_000_000));
  }
}
