package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.model.EmbeddingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestCloseStack {
  private final List<String> closed = new ArrayList<>();
  private final CloseStack stack = new CloseStack();

  @Test
  void lastIsClosedFirstAndEachOnce() {
    stack.add(() -> closed.add("a"));
    stack.add(() -> closed.add("b"));
    stack.close();
    stack.close();
    assertThat(closed).containsExactly("b", "a");
  }

  @Test
  void failureToCloseOneKeepsNoOtherOpen() {
    stack.add(() -> closed.add("a"));
    stack.add(
        () -> {
          throw new IOException("stuck");
        });
    stack.add(
        () -> {
          throw new IllegalStateException("first");
        });
    assertThatThrownBy(stack::close)
        .hasMessage("first")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .isInstanceOf(EmbeddingException.class));
    assertThat(closed).containsExactly("a");
  }

  @Test
  void earlierFailureStaysTheOneThatCounts() {
    stack.add(
        () -> {
          throw new IOException("stuck");
        });
    Exception failure = new Exception("why");
    stack.closeAfter(failure);
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(e -> assertThat(e).hasMessage("Cannot close the model: stuck"));
  }
}
