package io.e5spark.onnx.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCudaLibrary {
  @Test
  void fusedAttentionAloneIsNotRequired() {
    for (CudaLibrary library : CudaLibrary.values()) {
      assertThat(library.required()).isEqualTo(library != CudaLibrary.CUDNN);
    }
  }

  @Test
  void missingOnesAreThoseThatDoNotLoad() {
    assertThat(CudaLibrary.missing())
        .allMatch(library -> library.required() && !library.loads())
        .doesNotContain(CudaLibrary.CUDNN);
  }
}
