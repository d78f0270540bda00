package io.e5spark.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestTaskGpu {
  @Test
  void addressIsTheNumber() {
    assertThat(TaskGpu.number(new String[] {"3"}, 7)).isEqualTo(3);
  }

  @Test
  void severalAreTakenInTurn() {
    String[] addresses = {"4", "6"};
    assertThat(TaskGpu.number(addresses, 0)).isEqualTo(4);
    assertThat(TaskGpu.number(addresses, 1)).isEqualTo(6);
    assertThat(TaskGpu.number(addresses, 2)).isEqualTo(4);
  }

  @Test
  void noAddressAndNoTaskMeanTheFirst() {
    assertThat(TaskGpu.number(new String[0], 5)).isZero();
    assertThat(TaskGpu.number()).isZero();
  }

  @Test
  void addressThatIsNoNumberIsNamed() {
    assertThatThrownBy(() -> TaskGpu.number(new String[] {"GPU-8f3a"}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid GPU address: 'GPU-8f3a' (must be a device's number; see the discovery script)");
  }
}
