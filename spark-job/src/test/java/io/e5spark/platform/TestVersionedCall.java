package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestVersionedCall {
  @Test
  void methodIsCalledByItsName() {
    assertThat(VersionedCall.call("embedding", String.class, "concat", "s"))
        .isEqualTo("embeddings");
    assertThat(VersionedCall.call(List.of(1, 2), List.class, "size")).isEqualTo(2);
  }

  @Test
  void methodThatIsMissingIsNamed() {
    assertThatThrownBy(() -> VersionedCall.call("text", String.class, "embed", "model"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot call java.lang.String.embed");
  }

  /** A method of Scala code, which declares no exception that it throws. */
  public interface Failing {
    void fail() throws IOException;
  }

  @Test
  void checkedExceptionKeepsItsMessage() {
    Failing disk =
        () -> {
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> VersionedCall.call(disk, Failing.class, "fail"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No space left on device")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whatTheMethodThrowsComesThrough() {
    assertThatThrownBy(() -> VersionedCall.call("text", String.class, "matches", "["))
        .isInstanceOf(java.util.regex.PatternSyntaxException.class);
  }
}
