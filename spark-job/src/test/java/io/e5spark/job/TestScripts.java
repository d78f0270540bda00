package io.e5spark.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the helper scripts for clusters, with fakes in place of the cluster's programs. */
class TestScripts {
  @TempDir Path directory;

  private record Output(int code, String text) {}

  private Output run(String script, String fakeProgram, String body)
      throws IOException, InterruptedException {
    Path fake = directory.resolve(fakeProgram);
    Files.writeString(fake, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder builder = new ProcessBuilder("../scripts/" + script).redirectErrorStream(true);
    builder.environment().merge("PATH", directory.toString(), (path, ours) -> ours + ":" + path);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text);
  }

  private static String onnxRuntimeJar() {
    String classes =
        TestScripts.class.getResource("/ai/onnxruntime/OrtEnvironment.class").getPath();
    return classes.substring("file:".length(), classes.indexOf('!'));
  }

  private Output install(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("../scripts/install-onnxruntime.sh"));
    command.add(directory.resolve("native").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(directory.resolve("native")).isDirectoryNotContaining("glob:**/.unfinished*");
    return new Output(process.waitFor(), text.strip());
  }

  private Path installed(String... arguments) throws IOException, InterruptedException {
    Output output = install(arguments);
    assertThat(output.code()).as(output.text()).isZero();
    Path libraries = Path.of(output.text().substring("-Donnxruntime.native.path=".length()));
    assertThat(libraries.getParent()).isEqualTo(directory.resolve("native").toRealPath());
    return libraries;
  }

  @Test
  void onnxRuntimeIsLaidIntoADirectoryOnce() throws Exception {
    for (int run = 0; run < 2; run++) {
      assertThat(installed(onnxRuntimeJar()))
          .isDirectoryContaining("glob:**/libonnxruntime4j_jni.so");
    }
  }

  /**
   * Writes a wheel with texts in place of libraries. The texts contain the words by which the
   * script recognizes versions.
   */
  private Path wheel(String version, int cuda) throws IOException {
    Path wheel = directory.resolve("onnxruntime_gpu-" + version + "-cuda" + cuda + ".whl");
    Map<String, String> libraries =
        Map.of(
            "libonnxruntime.so." + version,
            "VERS_" + version,
            "libonnxruntime_providers_shared.so",
            "shared",
            "libonnxruntime_providers_cuda.so",
            "libcublas.so." + cuda + "\0libcublas.so." + cuda,
            "onnxruntime_pybind11_state.so",
            "of Python");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (Map.Entry<String, String> library : libraries.entrySet()) {
        out.putNextEntry(new ZipEntry("onnxruntime/capi/" + library.getKey()));
        out.write(library.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return wheel;
  }

  /**
   * Writes a jar with the library of Java as one for GPUs has it: it does not say that it was built
   * without CUDA.
   */
  private String jarForGpus() throws IOException {
    Path jar = directory.resolve("onnxruntime_gpu-1.29.0.jar");
    try (ZipFile own = new ZipFile(onnxRuntimeJar());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (ZipEntry entry : Collections.list(own.entries())) {
        if (entry.getName().endsWith("/libonnxruntime4j_jni.so")) {
          String library = new String(own.getInputStream(entry).readAllBytes(), ISO_8859_1);
          out.putNextEntry(new ZipEntry(entry.getName()));
          out.write(
              library.replace("compiled with CUDA", "compiled with XXXX").getBytes(ISO_8859_1));
        }
      }
    }
    return jar.toString();
  }

  @Test
  void librariesOfAWheelAreLaidBesideThatOfJava() throws Exception {
    Path own = installed(jarForGpus());
    Path same = wheel("1.29.0", 13);
    Path libraries = installed(jarForGpus(), "--cuda", "13", same.toString());
    assertThat(libraries).hasFileName("onnxruntime_gpu-1.29.0-cuda13");
    assertThat(libraries.toFile().list())
        .containsExactlyInAnyOrder(
            "libonnxruntime.so",
            "libonnxruntime4j_jni.so",
            "libonnxruntime_providers_cuda.so",
            "libonnxruntime_providers_shared.so");
    assertThat(libraries.resolve("libonnxruntime.so")).hasContent("VERS_1.29.0");
    assertThat(libraries.resolve("libonnxruntime4j_jni.so"))
        .hasSameBinaryContentAs(own.resolve("libonnxruntime4j_jni.so"));
  }

  @Test
  void librariesOfANewerWheelAreAcceptedByThatOfJava() throws Exception {
    byte[] own = Files.readAllBytes(installed(jarForGpus()).resolve("libonnxruntime4j_jni.so"));
    String newer = wheel("1.31.1", 13).toString();
    Path libraries = installed("--cuda", "13", newer, jarForGpus());
    byte[] changed = Files.readAllBytes(libraries.resolve("libonnxruntime4j_jni.so"));
    assertThat(changed).hasSameSizeAs(own).isNotEqualTo(own);
    // Two functions lose their version, and the version is no longer required.
    assertThat(IntStream.range(0, own.length).filter(i -> own[i] != changed[i])).hasSize(3);
  }

  @Test
  void libraryOfJavaWithoutCudaIsNamed() throws Exception {
    assertThat(install(onnxRuntimeJar(), "--cuda", "13", wheel("1.29.0", 13).toString()).text())
        .isEqualTo(
            "Cannot install for CUDA 13: Java's library in %s is built without CUDA (name onnxruntime_gpu's jar)",
            onnxRuntimeJar());
  }

  @Test
  void wheelThatCannotServeIsNamed() throws Exception {
    String twelve = wheel("1.31.1", 12).toString();
    assertThat(install(onnxRuntimeJar(), "--cuda", "13", twelve).text())
        .isEqualTo("Cannot install for CUDA 13: %s is built for CUDA 12", twelve);
    String older = wheel("1.2.0", 13).toString();
    assertThat(install(jarForGpus(), "--cuda", "13", older).text())
        .startsWith("Cannot install ONNX Runtime 1.2.0 of %s: it is older than".formatted(older));
    assertThat(install(onnxRuntimeJar(), "--cuda", "13", onnxRuntimeJar()).text())
        .isEqualTo("Cannot find ONNX Runtime's libraries for CUDA in " + onnxRuntimeJar());
    assertThat(install(onnxRuntimeJar(), "--cuda", "13", "/no/wheel").text())
        .isEqualTo("Cannot read /no/wheel");
    assertThat(install(onnxRuntimeJar(), "--cuda", "13").code()).isEqualTo(2);
  }

  @Test
  void sparkReadsTheGpusThatTheDiscoveryScriptFinds() throws Exception {
    Output found = run("get-gpus.sh", "nvidia-smi", "printf '0\\n1\\n'");
    assertThat(found.code()).as(found.text()).isZero();
    ResourceInformation gpus = ResourceInformation.parseJson(found.text());
    assertThat(gpus.name()).isEqualTo("gpu");
    assertThat(List.of(gpus.addresses())).containsExactly("0", "1");
    Output none = run("get-gpus.sh", "nvidia-smi", "echo 'No devices were found'; exit 6");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.text()).contains("Cannot list GPUs: nvidia-smi failed: No devices were found");
  }

  @Test
  void structureIsPrintedInSeconds() throws Exception {
    Output shape = run("structure.sh", "unused", "exit 1");
    assertThat(shape.code()).as(shape.text()).isZero();
    assertThat(shape.text())
        .containsPattern("(?m)^metric +\\d+ +\\d+ +\\d+  Evaluation$")
        .containsPattern("(?m)^circles +\\d+$")
        .containsPattern("(?m)^tests +[\\d,]+ lines to [\\d,]+ of the programs: \\d\\.\\d\\d$")
        .doesNotContain("metric.Metric,");
  }
}
