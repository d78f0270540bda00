package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class TestSha256 {
  @Test
  void hashIsTheStandardsOwnExample() {
    assertThat(Sha256.of("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void lookingAtADigestLeavesItAsItIs() {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) 'a');
    assertThat(Sha256.hex(digest)).isEqualTo(Sha256.of("a"));
    digest.update((byte) 'b');
    assertThat(Sha256.hex(digest)).isEqualTo(Sha256.of("ab"));
  }
}
