package io.e5spark.doctor;

import io.e5spark.platform.Count;
import io.e5spark.platform.Processor;
import java.util.List;
import java.util.Locale;

/** Examines the processor: what it means for int8 models, for bf16, and for the number of tasks. */
final class ProcessorExamination {
  private final Findings findings;
  private final Processor processor;
  private final int threads;

  ProcessorExamination(Findings findings) {
    this(findings, Processor.ofThisHost(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * An examination.
   *
   * @param threads the number of hardware threads that this process may use
   */
  ProcessorExamination(Findings findings, Processor processor, int threads) {
    this.findings = findings;
    this.processor = processor;
    this.threads = threads;
  }

  void look() {
    findings.ok("processor", "%s, %s".formatted(processor.name(), threads()));
    findings.ok("processor", Int8Support.of(processor).meaning());
    if (processor.hasAny(List.of("bf16"))) {
      findings.ok(
          "processor",
          "bf16, with which e5.arm64-bfloat16=true multiplies the matrices of fp32 models: measure the loss first");
    }
    if (processor.hasAny(List.of("avx512_bf16", "amx_bf16"))) {
      findings.ok(
          "processor", "bf16, which e5-spark does not use: it computes fp32 models in fp32");
    }
  }

  private String threads() {
    String here = Count.of(threads, "hardware thread");
    if (processor.threadsPerCore() == 1) {
      return here;
    }
    return String.format(
        Locale.ROOT,
        "%s, of which %d share a core: count cores instead when you size a cluster",
        here,
        processor.threadsPerCore());
  }
}
