package io.e5spark.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.model.EmbeddingException;
import io.e5spark.onnx.cuda.CudaMessage;
import org.junit.jupiter.api.Test;

class TestCudaMessage {
  private static final String PLACE =
      "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:154 std::conditional_t<THRW, void, onnxruntime::common::Status> onnxruntime::CudaCall(ERRTYPE, const char*, int) [with ERRTYPE = cudaError; bool THRW = true] ";

  private static String of(String message) {
    return CudaMessage.of("Error code - ORT_FAIL - message: " + message);
  }

  /** The message of a GPU without free memory, as ONNX Runtime 1.31.1 gives it. */
  @Test
  void failureOfACudaCallIsTold() {
    String told =
        of(
            PLACE
                + PLACE
                + "CUDA failure 2: out of memory ; GPU=0 ; hostname=vm ; file=/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_execution_provider.cc ; line=355 ; expr=cudaSetDevice(info_.device_id); ");
    assertThat(told)
        .isEqualTo("CUDA failure 2: out of memory (GPU 0, cudaSetDevice(info_.device_id))");
    assertThat(DeviceFailure.of(new EmbeddingException(told)))
        .isEqualTo(DeviceFailure.OUT_OF_MEMORY);
  }

  @Test
  void failureOfALostDeviceIsTold() {
    String told =
        of(
            "Non-zero status code returned while running MatMul node. Status Message: "
                + PLACE
                + "CUDA failure 700: an illegal memory access was encountered ; GPU=1 ; hostname=vm ; file=gpu_data_transfer.cc ; line=96");
    assertThat(told)
        .isEqualTo("CUDA failure 700: an illegal memory access was encountered (GPU 1)");
    assertThat(DeviceFailure.of(new EmbeddingException(told))).isEqualTo(DeviceFailure.LOST);
  }

  @Test
  void failureOfCublasIsTold() {
    String told =
        of(PLACE + "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; GPU=0 ; hostname=vm ;");
    assertThat(told).isEqualTo("CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED (GPU 0)");
    assertThat(DeviceFailure.of(new EmbeddingException(told)))
        .isEqualTo(DeviceFailure.OUT_OF_MEMORY);
  }

  @Test
  void libraryOfJavaWithoutCudaIsNamedWithItsRemedy() {
    assertThat(of("This binary was not compiled with CUDA support."))
        .startsWith("Java's library of ONNX Runtime is built without CUDA; put onnxruntime_gpu on");
  }

  @Test
  void otherMessagesStayWhole() {
    assertThat(of("Gather: index 700 out of bounds"))
        .isEqualTo("Error code - ORT_FAIL - message: Gather: index 700 out of bounds");
  }
}
