package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPlace {
  @ParameterizedTest
  @CsvSource({
    "file:/a/b, file:/a/b, true",
    "file:/a/b/c/d, file:/a/b, true",
    "file:/a/bc, file:/a/b, false",
    "file:/a, file:/a/b, false",
    "s3a://one/a/b, s3a://two/a, false"
  })
  void aPlaceLiesWithinItselfAndItsParents(String path, String other, boolean expected) {
    assertThat(new Place(new Path(path)).isWithin(new Place(new Path(other)))).isEqualTo(expected);
  }
}
