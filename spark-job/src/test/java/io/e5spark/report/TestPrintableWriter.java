package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestPrintableWriter {
  private static String shown(String text) {
    StringWriter out = new StringWriter();
    try (PrintWriter printer = new PrintWriter(new PrintableWriter(out))) {
      printer.print(text);
    }
    return out.toString();
  }

  @ParameterizedTest
  @ValueSource(chars = {0, 7, 8, 0x0d, 0x1b, 0x7f, 0x9b, 0x2028, 0x202e, 0x2066})
  void whatATerminalObeysIsEscaped(char control) {
    assertThat(shown("a" + control + "b")).isEqualTo("a\\u%04xb".formatted((int) control));
  }

  @Test
  void restStays() {
    String text = "line\n\tnext, Grüße, שלום, 日本, 👩‍🔬";
    assertThat(shown(text)).isEqualTo(text);
    assertThat(shown("")).isEmpty();
  }

  @Test
  void jsonStaysTheSameDocument() throws Exception {
    String text = "salt \u009b31m \u202e";
    ObjectMapper mapper = new ObjectMapper();
    String json = shown(mapper.writeValueAsString(text));
    assertThat(json).doesNotContain("\u009b");
    assertThat(mapper.readValue(json, String.class)).isEqualTo(text);
  }
}
