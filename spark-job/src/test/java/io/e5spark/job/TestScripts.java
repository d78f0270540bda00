package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helpers for clusters, with fakes in place of the cluster's programs. */
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

  @Test
  void onnxRuntimeIsLaidIntoADirectoryOnce() throws Exception {
    String classes = getClass().getResource("/ai/onnxruntime/OrtEnvironment.class").getPath();
    String jar = classes.substring("file:".length(), classes.indexOf('!'));
    Path target = directory.resolve("native");
    ProcessBuilder builder =
        new ProcessBuilder("../scripts/install-onnxruntime.sh", target.toString(), jar)
            .redirectErrorStream(true);
    for (int run = 0; run < 2; run++) {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      Path libraries = Path.of(text.strip().substring("-Donnxruntime.native.path=".length()));
      assertThat(libraries.getParent()).isEqualTo(target.toRealPath());
      assertThat(libraries).isDirectoryContaining("glob:**/libonnxruntime4j_jni.so");
      assertThat(target).isDirectoryNotContaining("glob:**/.unfinished*");
    }
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
