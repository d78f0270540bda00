package io.e5spark.model;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * The inputs and outputs of a model's graph.
 *
 * @param inputs the names of its inputs, each {@code int64[texts, tokens]}
 * @param output the name of the output that is read
 * @param pooled whether that output is {@code [texts, dimension]}; otherwise it holds the token
 *     vectors {@code [texts, tokens, dimension]}
 * @param dimension the dimension of its vectors
 */
public record GraphSignature(List<String> inputs, String output, boolean pooled, int dimension)
    implements Serializable {
  public static final String INPUT_IDS = "input_ids";
  public static final String ATTENTION_MASK = "attention_mask";
  public static final String TOKEN_TYPE_IDS = "token_type_ids";
  public static final String POOLED_OUTPUT = "sentence_embedding";
  public static final String TOKEN_OUTPUT = "last_hidden_state";

  public GraphSignature {
    inputs = List.copyOf(inputs);
    Set<String> known = Set.of(INPUT_IDS, ATTENTION_MASK, TOKEN_TYPE_IDS);
    for (String input : inputs) {
      if (!known.contains(input)) {
        throw new IllegalArgumentException(
            "its input '%s' is not one of [input_ids, attention_mask, token_type_ids]"
                .formatted(input));
      }
    }
    if (!inputs.contains(INPUT_IDS) || !inputs.contains(ATTENTION_MASK)) {
      throw new IllegalArgumentException(
          "it needs the inputs input_ids and attention_mask, found %s".formatted(inputs));
    }
  }

  /** The same graph with another output to read, {@code [texts, dimension]}. */
  public GraphSignature read(String other) {
    return new GraphSignature(inputs, other, true, dimension);
  }

  /** The output that is read once pooling is in the graph. */
  public String pooledOutput() {
    return pooled ? output : POOLED_OUTPUT;
  }
}
