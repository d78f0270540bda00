package io.e5spark.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestChunkPlace {
  @Test
  void placesAreCodePoints() {
    assertThat(new ChunkPlace(0, 1, 4).within("a\uD83C\uDF4Ebc d")).isEqualTo("\uD83C\uDF4Ebc");
  }

  @Test
  void ofAShorterTextThereIsTheRest() {
    assertThat(new ChunkPlace(1, 2, 9).within("abcd")).isEqualTo("cd");
    assertThat(new ChunkPlace(2, 9, 12).within("abcd")).isEmpty();
  }
}
