package io.e5spark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestFindings {
  @Test
  void findingsComeInOrderWithTheirPlace() {
    Findings findings = new Findings("executor 1 on host");
    findings.ok("java", "Java 17");
    findings.warning("disk", "1 GiB free", "delete something");
    findings.problem("model", "it is broken", null);
    assertThat(findings.all())
        .extracting(Finding::line)
        .containsExactly(
            "ok       java      Java 17",
            "WARNING  disk      1 GiB free: delete something",
            "PROBLEM  model     it is broken");
    assertThat(findings.all()).extracting(Finding::where).containsOnly("executor 1 on host");
  }
}
