package io.e5spark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.platform.Processor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestProcessorExamination {
  private static List<String> look(int threadsPerCore, String features) {
    Findings findings = new Findings("driver");
    Processor processor = new Processor("Xeon", threadsPerCore, Set.of(features.split(" ")));
    new ProcessorExamination(findings, processor, 8).look();
    return findings.all().stream().map(Finding::found).toList();
  }

  @Test
  void hardwareThreadsOfOneCoreAreNotCores() {
    assertThat(look(1, "sse2")).contains("Xeon, 8 hardware threads");
    assertThat(look(2, "sse2"))
        .contains(
            "Xeon, 8 hardware threads, of which 2 share a core: count cores instead when you size a cluster");
  }

  @ParameterizedTest
  @CsvSource({
    "sse2 avx2 avx512_vnni amx_int8, AMX",
    "sse2 avx2 avx_vnni, VNNI",
    "sse2 avx2, no VNNI",
    "asimddp i8mm, I8MM",
    "asimddp, 8-bit dot products",
    "fpu, instruction sets that this system does not name"
  })
  void theFastestInstructionsCount(String features, String expected) {
    assertThat(look(1, features)).filteredOn(found -> found.startsWith(expected)).hasSize(1);
  }

  @Test
  void bf16IsUsedOnArmOnly() {
    assertThat(look(1, "asimddp bf16")).anyMatch(found -> found.contains("e5.arm64-bfloat16"));
    assertThat(look(1, "sse2 amx_bf16"))
        .anyMatch(found -> found.startsWith("bf16, which e5-spark"));
    assertThat(look(1, "sse2")).noneMatch(found -> found.startsWith("bf16"));
  }
}
