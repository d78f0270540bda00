package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that files that are sent to a machine in pieces are restored unchanged. */
class TestPieces {
  @TempDir Path directory;

  private Path content;
  private Path packed;
  private Path sent;
  private Path target;

  private record Output(int code, String text) {}

  private static Output run(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3", "../scripts/gpu-check/pieces.py"));
    List.of(arguments).forEach(argument -> command.add(argument.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Output(process.waitFor(), text.strip());
  }

  private Output restore() throws IOException, InterruptedException {
    return run("restore", sent, target);
  }

  private void send(String name) throws IOException {
    Files.copy(packed.resolve(name), sent.resolve(name));
  }

  @BeforeEach
  void packThreePieces() throws Exception {
    content = Files.createDirectories(directory.resolve("content/nested")).getParent();
    packed = directory.resolve("packed");
    sent = Files.createDirectory(directory.resolve("sent"));
    target = directory.resolve("target");
    byte[] noise = new byte[250_000];
    new Random(3).nextBytes(noise);
    Files.write(content.resolve("nested/noise"), noise);
    Files.createLink(content.resolve("twin"), content.resolve("nested/noise"));
    try {
      assertThat(run("pack", content, packed, "0.1")).isEqualTo(new Output(0, ""));
    } catch (IOException e) {
      assumeTrue(false, "There is no Python here");
    }
    assertThat(packed.toFile().list())
        .containsExactlyInAnyOrder("e5-gpu.001", "e5-gpu.002", "e5-gpu.003", "e5-gpu.sha256");
  }

  @Test
  void piecesMayComeOneByOneInAnyOrder() throws Exception {
    send("e5-gpu.sha256");
    send("e5-gpu.003");
    assertThat(restore())
        .isEqualTo(new Output(0, "1 of 3 pieces are here, to come: e5-gpu.001, e5-gpu.002"));
    Files.delete(sent.resolve("e5-gpu.003"));
    Files.delete(sent.resolve("e5-gpu.sha256"));
    send("e5-gpu.001");
    send("e5-gpu.002");
    assertThat(restore()).isEqualTo(new Output(0, target + " is restored"));
    assertThat(target.resolve("content/nested/noise"))
        .hasSameBinaryContentAs(content.resolve("nested/noise"));
    assertThat(Files.getAttribute(target.resolve("content/twin"), "unix:nlink")).isEqualTo(2);
    assertThat(restore().text()).isEqualTo(target + " is restored");
  }

  @Test
  void brokenPieceIsNamedAndMayComeAgain() throws Exception {
    for (String name : new String[] {"e5-gpu.sha256", "e5-gpu.001", "e5-gpu.003"}) {
      send(name);
    }
    Files.write(sent.resolve("e5-gpu.002"), new byte[] {1, 2, 3});
    assertThat(restore())
        .isEqualTo(
            new Output(
                1,
                "Cannot restore %s: e5-gpu.002 is not what e5-gpu.sha256 says (send it again)"
                    .formatted(target)));
    Files.delete(sent.resolve("e5-gpu.002"));
    send("e5-gpu.002");
    assertThat(restore().text()).isEqualTo(target + " is restored");
  }

  @Test
  void piecesOfAnotherPackAreRefused() throws Exception {
    assertThat(restore().text())
        .isEqualTo(
            "Cannot restore %s: %s has no e5-gpu.sha256, which tells what is to come"
                .formatted(target, sent));
    send("e5-gpu.sha256");
    assertThat(restore().code()).isZero();
    Files.writeString(sent.resolve("e5-gpu.sha256"), "0  e5-gpu.001\n");
    assertThat(restore().text())
        .isEqualTo(
            "Cannot restore %s: it has pieces of another pack (name an empty directory)"
                .formatted(target));
  }
}
