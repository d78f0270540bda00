package io.e5spark.job.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSqlScript {
  @Test
  void semicolonsSeparate() {
    assertThat(SqlScript.statements("select 1; select 2 ;\n"))
        .containsExactly("select 1", "select 2");
    assertThat(SqlScript.statements(" ; ;; ")).isEmpty();
    assertThat(SqlScript.statements("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ';', \"a;b\", `x;y`",
        "select 'it\\'s;'",
        "select 'it''s;'",
        "select \"a\\\";b\"",
        "select `a``;b`",
        "select r'\\', r';', R\"\\\"",
        "select '\\\\', ';'",
        "select 'a -- b;', '/* ;'",
        "select 1 -- it's; a comment",
        "select 1 /* ; /* nested; */ ; */ + 1",
        "select /*+ coalesce(1) */ 1",
        "select /**/ ';'",
        "select '\uD83C\uDF5E;' as `\u00DF;`",
        "select 'several\nlines;\n'",
        "select begin, end, case when true then 1 end from t",
        "select if(true, 1, 2), repeat('x', 2) from loop"
      })
  void oneStatementStaysWhole(String statement) {
    assertThat(SqlScript.statements(statement + "\n;select 2"))
        .containsExactly(statement, "select 2");
  }

  @Test
  void commentsKeepThemAndAreNoStatements() {
    assertThat(SqlScript.statements("-- one; two\nselect 1; /* ; */ select 2; -- the end;"))
        .containsExactly("-- one; two\nselect 1", "/* ; */ select 2");
    assertThat(SqlScript.statements("/* /* ; */ ; */ ; -- ;\n;")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN END",
        "begin\n  declare x int default 1;\n  set x = x + 1;\n  select x;\nend",
        "outer_one: BEGIN SELECT 1; inner_one: BEGIN SELECT 2; END inner_one; END outer_one",
        "BEGIN NOT ATOMIC DECLARE x INT; SELECT 1; END",
        "BEGIN IF true THEN SELECT 1; ELSEIF false THEN SELECT 2; ELSE SELECT 3; END IF; SELECT 4; END",
        "BEGIN IF a THEN IF b THEN SELECT 1; END IF; ELSE IF c THEN SELECT 2; END IF; END IF; END",
        "BEGIN IF (SELECT true) THEN SELECT if(true, 1, 2); END IF; END",
        "BEGIN SELECT CASE WHEN true THEN 1 ELSE if(true, 2, 3) END AS x; SELECT 2; END",
        "BEGIN CASE WHEN true THEN SELECT CASE 1 WHEN 1 THEN 2 END; ELSE SELECT 2; END CASE; SELECT 3; END",
        "BEGIN CASE x WHEN 1 THEN WHILE true DO SELECT 1; END WHILE; END CASE; END",
        "BEGIN WHILE x < CASE WHEN y THEN 1 ELSE 2 END DO SET x = x + 1; END WHILE; SELECT x; END",
        "BEGIN a: LOOP SELECT 1; LEAVE a; END LOOP a; REPEAT SET x = 1; UNTIL x = 1 END REPEAT; END",
        "BEGIN FOR row AS SELECT id FROM t DO SELECT row.id; ITERATE b; END FOR; SELECT 1; END",
        "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SELECT 1; SELECT 2; END; SELECT 3; END",
        "BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND SET x = 1; SELECT 2; END",
        "BEGIN DECLARE begin INT; SELECT begin, end FROM t; SELECT case FROM t; END",
        "BEGIN MERGE INTO t USING s ON a = b WHEN MATCHED THEN DELETE; SELECT 1; END",
        "BEGIN SELECT '; END'; /* END; */ SELECT r'\\'; -- END;\n END"
      })
  void blocksStayWhole(String block) {
    assertThat(SqlScript.statements("select 1;" + block + ";select 2;"))
        .containsExactly("select 1", block, "select 2");
  }

  @Test
  void blockThatDoesNotEndIsOneStatement() {
    assertThat(SqlScript.statements("select 1; begin select 2; select 3;"))
        .containsExactly("select 1", "begin select 2; select 3;");
  }

  @Test
  void commentThatDoesNotEndIsNamed() {
    assertThatThrownBy(() -> SqlScript.statements("select 1;\n/* drop; table t;"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read SQL: the comment that begins in line 2 does not end");
  }
}
