package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestSqlScript {
  @Test
  void semicolonsSeparate() {
    assertThat(SqlScript.statements("select 1; select 2 ;\n"))
        .containsExactly("select 1", "select 2");
    assertThat(SqlScript.statements(" ; ;; ")).isEmpty();
    assertThat(SqlScript.statements("")).isEmpty();
  }

  @Test
  void quotesKeepThem() {
    assertThat(SqlScript.statements("select ';', \"a;b\", `x;y`; select 'it\\'s;'"))
        .containsExactly("select ';', \"a;b\", `x;y`", "select 'it\\'s;'");
    assertThat(SqlScript.statements("select 'it''s;'; select 2"))
        .containsExactly("select 'it''s;'", "select 2");
  }

  @Test
  void commentsKeepThemAndAreNoStatements() {
    assertThat(SqlScript.statements("-- one; two\nselect 1; /* ; */ select 2; -- the end;"))
        .containsExactly("-- one; two\nselect 1", "/* ; */ select 2");
  }
}
