package io.e5spark.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.table.KeyedVectors;
import org.junit.jupiter.api.Test;

/**
 * Tests that slices cover all buckets once, and that their sizes follow the time of earlier slices.
 */
class TestSlices {
  private static MergeOptions options(long rows, double seconds) {
    return new MergeOptions(rows, seconds, true, false);
  }

  @Test
  void coverEverythingOnce() {
    Slices slices = new Slices(1_000, options(70, 600));
    int end = 0;
    int count = 0;
    while (!slices.isDone()) {
      Slices.Range range = slices.next();
      assertThat(range.from()).isEqualTo(end);
      assertThat(range.to()).isGreaterThan(range.from());
      end = range.to();
      count++;
    }
    assertThat(end).isEqualTo(KeyedVectors.BUCKETS);
    assertThat(count).isEqualTo(15);
  }

  @Test
  void nothingToDoIsDone() {
    assertThat(new Slices(0, options(1, 1)).isDone()).isTrue();
  }

  @Test
  void fewRowsAreOneSlice() {
    assertThat(new Slices(1_999, MergeOptions.USUAL).next())
        .isEqualTo(new Slices.Range(0, KeyedVectors.BUCKETS));
  }

  @Test
  void sizeFollowsTheSpeed() {
    Slices slices = new Slices(10_000_000, options(1_000_000, 600));
    Slices.Range first = slices.next();
    assertThat(rows(first)).isBetween(1_800L, 2_000L);
    slices.took(2_000, 20);
    assertThat(rows(slices.next())).isBetween(59_800L, 60_000L);
    slices.took(60_000, 10);
    assertThat(rows(slices.next())).isBetween(999_000L, 1_000_000L);
  }

  @Test
  void textsThatNeedNoModelAreLargeSlices() {
    Slices slices = new Slices(10_000_000, options(1_000_000, 600));
    slices.next();
    slices.took(2_000, 0);
    assertThat(rows(slices.next())).isBetween(999_000L, 1_000_000L);
  }

  private static long rows(Slices.Range range) {
    return 10_000_000L * (range.to() - range.from()) / KeyedVectors.BUCKETS;
  }
}
