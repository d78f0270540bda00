package io.e5spark.importer.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small tokenizer as XLM-R has: a Unigram model whose pieces begin words with {@code ▁}. Its
 * vocabulary begins with the four special tokens and ends with {@code <mask>}. Between them are the
 * words of E5's prefixes, single Latin letters, and the words {@code w0}, {@code w1} and so on.
 */
final class UnigramTokenizer {
  private static final List<String> SPECIAL = List.of("<s>", "<pad>", "</s>", "<unk>");

  private UnigramTokenizer() {}

  /**
   * Returns a {@code tokenizer.json} with this many tokens. A small vocabulary omits words and
   * letters.
   */
  static String json(int vocabulary) {
    List<String> pieces = new ArrayList<>(SPECIAL);
    pieces.addAll(List.of("▁", "▁query", "▁passage", ":"));
    IntStream.rangeClosed('a', 'z').forEach(letter -> pieces.add(Character.toString(letter)));
    IntStream.range(0, vocabulary).forEach(number -> pieces.add("▁w" + number));
    List<String> kept = new ArrayList<>(pieces.subList(0, vocabulary - 1));
    kept.add("<mask>");
    return """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[%s],"normalizer":null,
         "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},
           {"type":"Metaspace","replacement":"▁","add_prefix_space":true}]},
         "post_processor":{"type":"TemplateProcessing",
           "single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},
             {"SpecialToken":{"id":"</s>","type_id":0}}],
           "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":0}}],
           "special_tokens":{"<s>":{"id":"<s>","ids":[0],"tokens":["<s>"]},
             "</s>":{"id":"</s>","ids":[2],"tokens":["</s>"]}}},
         "decoder":{"type":"Metaspace","replacement":"▁","add_prefix_space":true},
         "model":{"type":"Unigram","unk_id":3,"vocab":[%s]}}
        """
        .formatted(added(vocabulary), vocab(kept));
  }

  private static String added(int vocabulary) {
    return IntStream.of(0, 1, 2, 3, vocabulary - 1)
        .mapToObj(
            id ->
                String.format(
                    Locale.ROOT,
                    "{\"id\":%d,\"content\":\"%s\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}",
                    id,
                    id < SPECIAL.size() ? SPECIAL.get(id) : "<mask>"))
        .collect(Collectors.joining(","));
  }

  /** All pieces have one score, so that a long piece is likelier than a sequence of its letters. */
  private static String vocab(List<String> pieces) {
    return IntStream.range(0, pieces.size())
        .mapToObj(
            id -> "[\"%s\",%s]".formatted(pieces.get(id), id < SPECIAL.size() ? "0.0" : "-3.0"))
        .collect(Collectors.joining(","));
  }
}
