package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDataFile {
  private final Configuration configuration = new Configuration();

  @TempDir Path directory;

  private DataFile file(String name) {
    return new DataFile(directory.resolve(name).toString(), configuration);
  }

  @Test
  void writtenFileMayBeEdited() throws IOException {
    FileSystem.getLocal(configuration)
        .create(new org.apache.hadoop.fs.Path(directory.resolve("run.trec").toString()))
        .close();
    assertThat(directory.resolve(".run.trec.crc")).exists();
    file("run.trec").write("a\nb\n");
    Files.writeString(directory.resolve("run.trec"), "b\n");
    assertThat(file("run.trec").text()).isEqualTo("b\n");
    assertThat(directory.resolve(".run.trec.crc")).doesNotExist();
  }

  @Test
  void fileThatIsReadIsNotWritten() throws IOException {
    Files.writeString(directory.resolve("a"), "a");
    assertThatThrownBy(() -> file("./a").requireFile(file("b"), file("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it is read, too");
    assertThatCode(() -> file("a").requireFile(file("b"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> file("").requireFile())
        .hasMessage("Cannot write to %s: it is a directory (name a file)", directory);
  }

  @Test
  void fileIsNoDirectory() throws IOException {
    Files.writeString(directory.resolve("a"), "a");
    assertThatThrownBy(() -> file("a").requireDirectory())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot write to %s: it is a file (name a directory)", directory.resolve("a"));
    assertThatCode(() -> file("").requireDirectory()).doesNotThrowAnyException();
    assertThatCode(() -> file("new").requireDirectory()).doesNotThrowAnyException();
  }
}
