package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestColumnName {
  @Test
  void namesAreQuotedWhateverTheyHold() {
    assertThat(ColumnName.quoted("text")).isEqualTo("`text`");
    assertThat(ColumnName.quoted("a.b")).isEqualTo("`a.b`");
    assertThat(ColumnName.quoted("a`b``")).isEqualTo("`a``b`````");
    assertThat(ColumnName.quoted("")).isEqualTo("``");
  }
}
