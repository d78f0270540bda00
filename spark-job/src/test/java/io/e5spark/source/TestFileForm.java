package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestFileForm {
  private static FileForm csv(String encoding, String separator) {
    return new FileForm(SourceFormat.CSV, encoding, separator);
  }

  @Test
  void namesOfEncodingsAndSeparatorsAreTheUsualOnes() {
    assertThat(csv("Latin-1", ",").encoding()).isEqualTo("ISO-8859-1");
    assertThat(csv("cp1252", ",").encoding()).isEqualTo("windows-1252");
    assertThat(csv("utf8", "\\t")).isEqualTo(csv("UTF-8", "\t"));
    assertThat(csv("windows-1252", ",").encodingOfCsv()).isEqualTo("ISO-8859-1");
    assertThat(csv("UTF-16", ",").encodingOfCsv()).isEqualTo("UTF-16");
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatThrownBy(() -> csv("nope", ",")).hasMessageStartingWith("Invalid encoding: nope (");
    assertThatThrownBy(() -> csv("UTF-8", "ab"))
        .hasMessageStartingWith("Invalid csv-separator: 'ab' (");
    assertThatThrownBy(() -> new FileForm(SourceFormat.LINES, "UTF-16", ","))
        .hasMessageStartingWith("Invalid encoding: UTF-16 (");
    assertThatThrownBy(() -> new FileForm(SourceFormat.JSON, "windows-1252", ","))
        .hasMessageStartingWith("Invalid encoding: windows-1252 (must be UTF-8 or ISO-8859-1");
  }
}
