package io.e5spark.importer.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestActivationRange {
  @Test
  void middleAndReachAreOfEachComponent() {
    ActivationRange range = new ActivationRange(2);
    range.add(new float[] {1, -4});
    range.add(new float[] {3, 2});
    assertThat(range.middle()).containsExactly(2, -1);
    assertThat(range.reach(0)).isCloseTo(1.2f, within(1e-6f));
    assertThat(range.reach(1)).isCloseTo(3.6f, within(1e-6f));
  }

  @Test
  void componentThatNeverChangesReachesABit() {
    ActivationRange range = new ActivationRange(1);
    range.add(new float[] {5});
    assertThat(range.reach(0)).isPositive();
  }

  @Test
  void rangesKeepTheOrderOfTheirNames() {
    assertThat(ActivationRange.unseen(List.of("b", "a"), 3)).containsOnlyKeys("b", "a");
  }
}
