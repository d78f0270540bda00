package io.e5spark.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestTensorShape {
  @Test
  void countIsTheProductOfAllSizes() {
    assertThat(TensorShape.of(3, 4, 5).count()).isEqualTo(60);
    assertThat(TensorShape.of().count()).isEqualTo(1);
    assertThat(TensorShape.of(3, 4).sizes()).isEqualTo(List.of(3L, 4L));
  }

  @Test
  void moreThanAnArrayHoldsIsRefused() {
    for (TensorShape shape :
        List.of(TensorShape.of(1 << 16, 1 << 15), new TensorShape(List.of(1L << 40, 1L << 40)))) {
      assertThatThrownBy(shape::count).isExactlyInstanceOf(IllegalArgumentException.class);
    }
  }
}
