package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class TestRecordScan {
  private static String problem(String text) throws IOException {
    return new RecordScan(new StringReader(text), ',').problem().orElse("");
  }

  @Test
  void recordsWithAllTheirFieldsAreRight() throws IOException {
    assertThat(problem("")).isEmpty();
    assertThat(problem("a,b")).isEmpty();
    assertThat(problem("a,b\n\"x\"\"\ny,\",\n\n5\" wide,\"\"\n")).isEmpty();
    assertThat(problem("\uFEFF\"a\",b\r\n1,2\r\n")).isEmpty();
  }

  @Test
  void wrongRecordsAreNamedByTheirLine() throws IOException {
    assertThat(problem("a,b\n1,2\n1\n")).isEqualTo("line 3 has 1 fields, where the header has 2");
    assertThat(problem("a,b\n\"1\n2\",3\n1,\"2"))
        .isEqualTo("the quote that begins in line 4 never ends");
    assertThat(problem("a;b\n1;2\n")).contains("its header is one column, 'a;b'");
  }

  @Test
  void headerIsTheFirstRecord() throws IOException {
    assertThat(new RecordScan(new StringReader("\n\"a\nb\",c\n1,2"), ',').header())
        .isEqualTo("\"a\nb\",c");
  }
}
