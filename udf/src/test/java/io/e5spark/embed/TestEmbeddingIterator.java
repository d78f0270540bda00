package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.config.InputType;
import io.e5spark.config.OnError;
import io.e5spark.config.Settings;
import io.e5spark.model.Prompts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestEmbeddingIterator {
  private final RecordingEmbedder embedder = new RecordingEmbedder();
  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);

  private record Row(int id, String text, long bytes) {
    Row(int id, String text) {
      this(id, text, 0);
    }
  }

  private EmbeddingIterator<Row, String> iterate(Iterator<Row> rows, int windowRows) {
    return iterate(rows, Map.of("window-rows", String.valueOf(windowRows)));
  }

  private EmbeddingIterator<Row, String> iterate(Iterator<Row> rows, Map<String, String> settings) {
    WindowEmbedder window =
        new WindowEmbedder(
            embedder,
            InputType.PASSAGE,
            Prompts.E5,
            OnError.FAIL,
            true,
            (counter, n) -> counts.merge(counter, n, Long::sum));
    return new EmbeddingIterator<>(
        rows,
        row -> Collections.singletonList(row.text().equals("null") ? null : row.text()),
        Row::bytes,
        (row, embeddings) -> row.id() + "=" + shown(embeddings.get(0)),
        window,
        Settings.read(settings).atMost(512));
  }

  private static String shown(Embedding embedding) {
    return embedding == null ? "null" : String.valueOf(embedding.tokens());
  }

  private static List<Row> rows(String... texts) {
    return IntStream.range(0, texts.length).mapToObj(i -> new Row(i, texts[i])).toList();
  }

  private static List<String> all(Iterator<String> iterator) {
    List<String> all = new ArrayList<>();
    iterator.forEachRemaining(all::add);
    return all;
  }

  @Test
  void largeRowsFillAWindow() {
    List<Row> rows = List.of(new Row(0, "a", 1 << 24), new Row(1, "b", 1 << 24), new Row(2, "c"));
    assertThat(all(iterate(rows.iterator(), 100))).containsExactly("0=1", "1=1", "2=1");
    assertThat(embedder.calls).containsExactly(List.of("a", "b"), List.of("c"));
  }

  @Test
  void rowsKeepTheirOrder() {
    List<Row> rows = rows("a", "bbb", "null", "cc", "a");
    assertThat(all(iterate(rows.iterator(), 2)))
        .containsExactly("0=1", "1=3", "2=null", "3=2", "4=1");
    assertThat(embedder.calls).containsExactly(List.of("a", "bbb"), List.of("cc"), List.of("a"));
  }

  @Test
  void equalTextsOfAWindowAreEmbeddedOnce() {
    assertThat(all(iterate(rows("a", "bb", "a", "a").iterator(), 10)))
        .containsExactly("0=1", "1=2", "2=1", "3=1");
    assertThat(embedder.calls).containsExactly(List.of("a", "bb"));
    assertThat(counts).containsEntry(Counter.DUPLICATES, 2L);
  }

  @Test
  void everythingIsCounted() {
    String[] texts = {"a", "null", "a", "query: b", "a long sentence", "bad", "passage: c"};
    all(iterate(rows(texts).iterator(), 3));
    assertThat(counts)
        .containsEntry(Counter.ROWS, 7L)
        .containsEntry(Counter.NULLS, 1L)
        .containsEntry(Counter.DUPLICATES, 1L)
        .containsEntry(Counter.PREFIXED, 2L)
        .containsEntry(Counter.TRUNCATED, 1L)
        .containsEntry(Counter.FAILED, 1L);
  }

  @Test
  void windowOfNullsReachesNoModel() {
    assertThat(all(iterate(rows("null", "null").iterator(), 10)))
        .containsExactly("0=null", "1=null");
    assertThat(embedder.calls).isEmpty();
  }

  @Test
  void readsOneWindowAhead() {
    List<Integer> read = new ArrayList<>();
    Function<Integer, Row> reader =
        i -> {
          read.add(i);
          return new Row(i, "text");
        };
    Iterator<String> iterator = iterate(IntStream.range(0, 100).boxed().map(reader).iterator(), 8);
    iterator.next();
    assertThat(read).hasSize(8);
  }

  @Test
  void longTextsEndAWindowEarly() {
    String megabyte = "x".repeat(1 << 20);
    List<Row> rows = IntStream.range(0, 40).mapToObj(i -> new Row(i, i + megabyte)).toList();
    all(iterate(rows.iterator(), 1_000));
    assertThat(embedder.calls).extracting(List::size).containsExactly(32, 8);
  }

  @Test
  void manyTokensEndAWindowEarly() {
    // Each text counts 200 of the 524,288 tokens that a window has by default.
    List<Row> rows = IntStream.range(0, 4_000).mapToObj(i -> numbered(i, 800)).toList();
    all(iterate(rows.iterator(), 4_096));
    assertThat(embedder.calls).extracting(List::size).containsExactly(2_622, 1_378);
  }

  @Test
  void largerBatchesMakeLargerWindows() {
    List<Row> rows = IntStream.range(0, 4_000).mapToObj(i -> numbered(i, 800)).toList();
    all(iterate(rows.iterator(), Map.of("max-batch-tokens", "49152")));
    assertThat(embedder.calls).extracting(List::size).containsExactly(3_933, 67);
  }

  @Test
  void textCountsNoMoreTokensThanTheModelReads() {
    List<Row> rows = IntStream.range(0, 1_500).mapToObj(i -> numbered(i, 20_000)).toList();
    all(iterate(rows.iterator(), 4_096));
    assertThat(embedder.calls).extracting(List::size).containsExactly(1_024, 476);
  }

  private static Row numbered(int id, int characters) {
    String number = String.valueOf(id);
    return new Row(id, number + "x".repeat(characters - number.length()));
  }

  @Test
  void endIsAnError() {
    assertThatThrownBy(() -> iterate(List.<Row>of().iterator(), 3).next())
        .isInstanceOf(NoSuchElementException.class);
  }
}
