package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TestProcessor {
  private static final String XEON =
      """
      processor\t: 0
      model name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz
      siblings\t: 8
      cpu cores\t: 4
      flags\t\t: fpu sse2 avx512f avx512_vnni amx_tile amx_int8

      processor\t: 1
      model name\t: Another
      siblings\t: 1
      cpu cores\t: 1
      flags\t\t: fpu
      """;

  private static final String GRAVITON =
      """
      processor\t: 0
      BogoMIPS\t: 2100.00
      Features\t: fp asimd asimddp i8mm bf16
      CPU implementer\t: 0x41

      """;

  @Test
  void hardwareThreadsOfACoreAreCounted() {
    Processor xeon = Processor.parse(XEON, "amd64");
    assertThat(xeon.name()).isEqualTo("Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz");
    assertThat(xeon.threadsPerCore()).isEqualTo(2);
    assertThat(xeon.features())
        .containsExactlyInAnyOrder("fpu", "sse2", "avx512f", "avx512_vnni", "amx_tile", "amx_int8");
  }

  @Test
  void armProcessorsHaveNoName() {
    Processor graviton = Processor.parse(GRAVITON, "aarch64");
    assertThat(graviton.name()).isEqualTo("aarch64");
    assertThat(graviton.threadsPerCore()).isEqualTo(1);
    assertThat(graviton.hasAny(List.of("sve", "bf16"))).isTrue();
    assertThat(graviton.hasAny(List.of("sve"))).isFalse();
  }

  @Test
  void systemsOtherThanLinuxSayNothing() {
    assertThat(Processor.parse("", "aarch64")).isEqualTo(new Processor("aarch64", 1, Set.of()));
  }

  @Test
  void virtualMachinesMayCountNoCores() {
    String description = "siblings : 0\ncpu cores : 0\n";
    assertThat(Processor.parse(description, "amd64").threadsPerCore()).isEqualTo(1);
  }

  @Test
  void thisHostHasOne() {
    assertThat(Processor.ofThisHost().name()).isNotBlank();
  }
}
