package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestContentKey {
  @Test
  void keyIsTheFirstHalfOfTheHash() {
    assertThat(ContentKey.of(new byte[0])).isEqualTo("e3b0c44298fc1c149afbf4c8996fb924");
    assertThat(ContentKey.of(new byte[] {1})).isNotEqualTo(ContentKey.of(new byte[] {2}));
  }
}
