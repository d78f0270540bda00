package io.e5spark.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestSupportedSpark {
  @Test
  void versionIsToldByItsFirstTwoParts() {
    assertThat(SupportedSpark.has("3.5.6")).isTrue();
    assertThat(SupportedSpark.has("4.2.0")).isTrue();
    assertThat(SupportedSpark.has("3.4.4")).isFalse();
    assertThat(SupportedSpark.has("4.10.0")).isFalse();
    assertThat(SupportedSpark.text()).isEqualTo("3.5, 4.0, 4.1 and 4.2");
  }

  @Test
  void buildHasAProfileForEachButItsOwn() throws IOException {
    String build = Files.readString(Path.of("../pom.xml"));
    List<String> profiles =
        Pattern.compile("<id>spark-([0-9.]+)</id>")
            .matcher(build)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(SupportedSpark.VERSIONS).containsAll(profiles).hasSize(profiles.size() + 1);
    assertThat(build).containsPattern("<spark.version>4\\.0\\.");
  }
}
