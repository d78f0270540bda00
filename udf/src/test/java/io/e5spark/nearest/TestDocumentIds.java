package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class TestDocumentIds {
  /** The number of ids at which unused ids are forgotten. */
  private static final int MANY = 1 << 18;

  private final DocumentIds ids = new DocumentIds();

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      ids.add(("d" + ids.size()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private String id(int number) {
    return new String(ids.id(number), StandardCharsets.UTF_8);
  }

  private static BitSet numbers(int... numbers) {
    BitSet used = new BitSet();
    for (int number : numbers) {
      used.set(number);
    }
    return used;
  }

  @Test
  void numbersCountTheIdsFromZero() {
    assertThat(ids.size()).isZero();
    assertThat(ids.add(new byte[] {1})).isZero();
    assertThat(ids.add(new byte[] {1})).isEqualTo(1);
    assertThat(ids.add(new byte[0])).isEqualTo(2);
    assertThat(ids.size()).isEqualTo(3);
    assertThat(ids.id(1)).containsExactly(1);
    assertThat(ids.id(2)).isEmpty();
  }

  @Test
  void idsKeepTheirNumbersHoweverManyCome() {
    add(5_000);
    for (int number : new int[] {0, 1_023, 1_024, 2_048, 4_999}) {
      assertThat(id(number)).isEqualTo("d" + number);
    }
  }

  @Test
  void retainedIdsAreNumberedAnewInTheirOrder() {
    add(6);
    int[] renumbered = ids.retain(numbers(1, 3, 5));
    assertThat(ids.size()).isEqualTo(3);
    assertThat(renumbered).hasSize(6);
    for (int old : new int[] {1, 3, 5}) {
      assertThat(id(renumbered[old])).isEqualTo("d" + old);
    }
    assertThat(new int[] {renumbered[1], renumbered[3], renumbered[5]}).containsExactly(0, 1, 2);
  }

  @Test
  void forgottenIdsAreLetGo() {
    add(6);
    ids.retain(numbers(2));
    for (int number = 1; number < 6; number++) {
      assertThat(ids.id(number)).isNull();
    }
    assertThat(ids.add(new byte[] {7})).isEqualTo(1);
  }

  @Test
  void allOrNothingMayBeRetained() {
    add(3);
    assertThat(ids.retain(numbers(0, 1, 2))).containsExactly(0, 1, 2);
    assertThat(ids.size()).isEqualTo(3);
    ids.retain(numbers());
    assertThat(ids.size()).isZero();
  }

  @Test
  void largeIsTwiceWhatWasRetained() {
    add(MANY - 1);
    assertThat(ids.isLarge()).isFalse();
    add(1);
    assertThat(ids.isLarge()).isTrue();

    BitSet mostly = new BitSet();
    mostly.set(0, 200_000);
    ids.retain(mostly);
    assertThat(ids.isLarge()).isFalse();
    add(199_999);
    assertThat(ids.isLarge()).isFalse();
    add(1);
    assertThat(ids.isLarge()).isTrue();

    ids.retain(numbers(0));
    add(MANY - 2);
    assertThat(ids.isLarge()).isFalse();
    add(1);
    assertThat(ids.isLarge()).isTrue();
  }
}
