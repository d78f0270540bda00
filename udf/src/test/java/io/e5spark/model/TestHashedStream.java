package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestHashedStream {
  @TempDir Path directory;
  private final List<String> hashes = new ArrayList<>();

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void hashIsThatOfAllBytes() throws IOException {
    try (InputStream in = new HashedStream(bytes("graph"), hashes::add)) {
      assertThat(in.read()).isEqualTo('g');
      assertThat(in.read(new byte[4], 0, 4)).isEqualTo(4);
      assertThat(hashes).isEmpty();
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(hashes).containsExactly(Sha256.of("graph"));
  }

  @Test
  void copyOfOtherBytesNeverAppears() {
    HostCopies copies = HostCopies.ofModels(directory.resolve("cache").toString());
    HostCopies.Source source =
        new HostCopies.Source(
            "model.onnx", 5, () -> new HashedStream(bytes("other"), TestHashedStream::reject));
    assertThatThrownBy(() -> copies.of("key", List.of(source)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not " + Sha256.of("other"));
    assertThat(directory.resolve("cache/key")).isEmptyDirectory();
  }

  private static void reject(String hash) {
    throw new IllegalArgumentException("not " + hash);
  }
}
