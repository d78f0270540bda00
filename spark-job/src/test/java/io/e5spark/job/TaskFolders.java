package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * The task folders of a test, and the results of their evaluation.
 *
 * @param directory the directory with the folders, and with the results in {@code out}
 */
record TaskFolders(Path directory) {
  /** Writes a file of a folder, and compresses it if its name says so. */
  Path lines(String file, String... lines) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    String text = String.join("\n", lines) + "\n";
    if (!file.endsWith(".gz")) {
      return Files.writeString(path, text);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }

  /** Evaluates a folder, and returns the entry of its first subset in MTEB's form. */
  JsonObject result(String folder, String... options) throws IOException {
    Path output = directory.resolve("out");
    List<String> arguments =
        new ArrayList<>(List.of("evaluate-tasks", "--task", directory.resolve(folder).toString()));
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(List.of(options));
    Cli.Result done = Cli.run(arguments.toArray(String[]::new));
    assertThat(done.code()).as(done.err()).isZero();
    JsonObject file =
        JsonParser.parseString(Files.readString(output.resolve(folder).resolve(folder + ".json")))
            .getAsJsonObject();
    assertThat(file.get("mteb_version").isJsonNull()).isTrue();
    return file.getAsJsonObject("scores").getAsJsonArray("test").get(0).getAsJsonObject();
  }

  /** Returns the page of a task. */
  Path page(String folder) {
    return directory.resolve("out").resolve(folder).resolve("report.html");
  }
}
