package io.e5spark.job;

import java.util.ArrayList;
import java.util.List;

/**
 * SQL statements with a semicolon between them; one inside quotes or a comment separates nothing.
 */
final class SqlScript {
  private final String script;
  private final List<String> statements = new ArrayList<>();
  private int start;
  private int position;

  private SqlScript(String script) {
    this.script = script;
  }

  /** The statements of a script, in order, without empty ones. */
  static List<String> statements(String script) {
    return new SqlScript(script).split();
  }

  private List<String> split() {
    while (position < script.length()) {
      char c = script.charAt(position);
      if (c == '\'' || c == '"' || c == '`') {
        skipQuoted(c);
      } else if (script.startsWith("--", position)) {
        skipTo("\n");
      } else if (script.startsWith("/*", position)) {
        skipTo("*/");
      } else if (c == ';') {
        end();
        start = position + 1;
      }
      position++;
    }
    end();
    return statements;
  }

  private void skipQuoted(char quote) {
    for (position++; position < script.length(); position++) {
      char c = script.charAt(position);
      if (c == '\\' && quote != '`') {
        position++;
      } else if (c == quote) {
        return;
      }
    }
  }

  private void skipTo(String ending) {
    int found = script.indexOf(ending, position);
    position = found < 0 ? script.length() : found + ending.length() - 1;
  }

  private void end() {
    String statement = script.substring(start, Math.min(position, script.length())).strip();
    if (!withoutComments(statement).isBlank()) {
      statements.add(statement);
    }
  }

  private static String withoutComments(String statement) {
    return statement.replaceAll("(?m)^\\s*--.*$", "").replaceAll("(?s)/\\*.*?\\*/", "");
  }
}
