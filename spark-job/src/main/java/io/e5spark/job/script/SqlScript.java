package io.e5spark.job.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * SQL statements that are separated by semicolons. Spark's own lexer recognizes strings, comments
 * and quoted names, in which a semicolon separates nothing; nor does it inside {@code BEGIN … END}.
 */
public final class SqlScript {
  private final String script;
  private final SqlBlocks blocks = new SqlBlocks();
  private final List<String> statements = new ArrayList<>();
  private boolean empty = true;

  private SqlScript(String script) {
    this.script = script;
  }

  /**
   * The statements of a script, in order, without empty ones.
   *
   * @throws IllegalArgumentException if a comment does not end
   */
  public static List<String> statements(String script) {
    return new SqlScript(script).split();
  }

  private List<String> split() {
    int start = 0;
    for (Token token : tokens()) {
      boolean separates = token.getText().equals(";") && !blocks.areOpen();
      blocks.add(token.getText());
      if (separates) {
        end(start, token.getStartIndex());
        start = token.getStopIndex() + 1;
      } else {
        empty = false;
      }
    }
    end(start, script.codePointCount(0, script.length()));
    return statements;
  }

  /**
   * The tokens that are neither white space nor a comment; their places are counted in code points.
   */
  private List<Token> tokens() {
    SqlBaseLexer lexer = new SqlBaseLexer(CharStreams.fromString(capitals()));
    lexer.removeErrorListeners();
    List<Token> tokens = new ArrayList<>();
    Token token = lexer.nextToken();
    for (; token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        tokens.add(token);
      }
      if (lexer.has_unclosed_bracketed_comment) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot read SQL: the comment that begins in line %d does not end",
                token.getLine()));
      }
    }
    return tokens;
  }

  /** The script in the form for which the lexer's rules are written, with the same length. */
  private String capitals() {
    StringBuilder capitals = new StringBuilder(script);
    for (int i = 0; i < capitals.length(); i++) {
      char c = capitals.charAt(i);
      if (c >= 'a' && c <= 'z') {
        capitals.setCharAt(i, (char) (c - 'a' + 'A'));
      }
    }
    return capitals.toString();
  }

  private void end(int start, int end) {
    if (!empty) {
      int from = script.offsetByCodePoints(0, start);
      statements.add(script.substring(from, script.offsetByCodePoints(from, end - start)).strip());
    }
    empty = true;
  }
}
