package io.e5spark.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TestLineCheck {
  private final LineCheck json =
      new LineCheck(FileForm.of(SourceFormat.JSON), Set.of("text", "a.b"));

  private String problem(String line) {
    return json.problem(line.getBytes(UTF_8)).orElse("");
  }

  @Test
  void objectsWithTextsAreRight() {
    for (String line :
        new String[] {
          "", " ", "{}", "\uFEFF{\"text\":\"x\"}", "{\"other\":[{\"text\":[1]}],\"text\":1} "
        }) {
      assertThat(problem(line)).as(line).isEmpty();
    }
  }

  @Test
  void whatIsLeftOfALineIsNamed() {
    assertThat(problem("{} {}")).startsWith("a line has more than one JSON object");
    assertThat(problem("{},")).startsWith("not every line is a JSON object");
    assertThat(problem("{")).startsWith("not every line is a JSON object");
    assertThat(problem("{\"a\":{\"b\":{}}}")).startsWith("a.b is a list or an object");
    assertThat(problem("\0")).contains("NUL");
    assertThat(json.problem(new byte[] {(byte) 0xe9}).orElse("")).contains("not UTF-8");
  }
}
