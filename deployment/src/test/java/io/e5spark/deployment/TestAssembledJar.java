package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Tests what the assembled jar contains, and under which names. */
class TestAssembledJar {
  private static final List<String> PACKAGES =
      List.of("io/e5spark/", "ai/djl/", "com/sun/jna/", "org/jspecify/");

  private static List<String> entries() throws IOException {
    try (JarFile jar = new JarFile(Build.assembledJar().toFile())) {
      return jar.stream().map(ZipEntry::getName).filter(name -> !name.endsWith("/")).toList();
    }
  }

  private static String text(String entry) throws IOException {
    try (JarFile jar = new JarFile(Build.assembledJar().toFile())) {
      byte[] bytes = jar.getInputStream(jar.getEntry(entry)).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  @Test
  void allClassesAreInPackagesThatAreOursOrCannotBeMoved() throws IOException {
    assertThat(entries())
        .contains("io/e5spark/shaded/picocli/CommandLine.class")
        .filteredOn(name -> name.endsWith(".class"))
        .allMatch(name -> PACKAGES.stream().anyMatch(name::startsWith));
  }

  @Test
  void theModelIsInButNoSettingsOfTheLog() throws IOException {
    assertThat(entries())
        .contains("e5-small-v2.onnx", "e5-small-v2-tokenizer.json")
        .noneMatch(name -> name.startsWith("log4j") || name.matches("META-INF/.*\\.(SF|RSA|DSA)"));
  }

  @Test
  void itSaysUnderWhichLicencesItIs() throws IOException {
    assertThat(text("META-INF/THIRD-PARTY.txt"))
        .contains("(Apache-2.0) picocli", "(MIT) chart.js", "(BSD-3-Clause) Protocol Buffers");
    assertThat(text("META-INF/LICENSE")).contains("Apache License");
    assertThat(text("META-INF/THIRD-PARTY-LICENSES.txt")).contains("Microsoft Corporation");
  }

  @Test
  void itsBillOfMaterialsNamesWhatItHoldsAlone() throws IOException {
    String bill = "META-INF/sbom/e5-spark-job.cdx.json";
    assumeThat(entries()).as("none is made while Maven is offline").contains(bill);
    assertThat(text(bill))
        .contains("pkg:maven/info.picocli/picocli@")
        .doesNotContain("com.microsoft.onnxruntime", "io.delta", "serialNumber", "timestamp");
  }
}
