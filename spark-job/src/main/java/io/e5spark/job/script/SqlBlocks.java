package io.e5spark.job.script;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Tracks the open blocks of Spark's SQL scripts, given their tokens one by one in capitals: {@code
 * BEGIN … END}, and within it {@code IF}, {@code CASE}, {@code WHILE}, {@code FOR}, {@code LOOP}
 * and {@code REPEAT}. The same words are names and functions elsewhere; they open a block only
 * where a statement begins.
 */
public final class SqlBlocks {
  private static final Set<String> WITH_CONDITION = Set.of("IF", "CASE", "WHILE", "FOR");
  private static final Set<String> LOOPS = Set.of("LOOP", "REPEAT");
  private static final Set<String> BRANCHES = Set.of("IF", "CASE");
  private static final Set<String> COUNTED = Set.of("WHILE", "FOR");

  /** A {@code CASE} that is an expression, which a plain {@code END} closes. */
  private static final String VALUE = "value";

  /** The place of the next token in a statement. */
  private enum Place {
    START,
    AFTER_FIRST,
    FURTHER
  }

  private final Deque<String> open = new ArrayDeque<>();
  private Place place = Place.START;
  private boolean declares;
  private boolean handles;
  private boolean afterEnd;

  /** Whether the next token belongs to a block. */
  public boolean areOpen() {
    return !open.isEmpty();
  }

  /** Adds a token, in capitals. */
  public void add(String token) {
    boolean closes = afterEnd && token.equals(open.peek());
    afterEnd = false;
    if (closes) {
      open.pop();
      place = Place.FURTHER;
    } else if (token.equals(";")) {
      endStatement();
    } else if (areOpen() && token.equals("END")) {
      end();
    } else if (place == Place.START) {
      first(token);
    } else if (place == Place.AFTER_FIRST && token.equals(":")) {
      place = Place.START;
    } else {
      place = Place.FURTHER;
      further(token);
    }
  }

  private void endStatement() {
    // No expression continues after a semicolon, so that CASE was a name.
    while (VALUE.equals(open.peek())) {
      open.pop();
    }
    place = Place.START;
    declares = false;
    handles = false;
  }

  private void end() {
    boolean closes =
        open.element().equals(VALUE) || (open.element().equals("BEGIN") && place == Place.START);
    if (closes) {
      open.pop();
    }
    afterEnd = !closes;
    place = Place.FURTHER;
  }

  private void first(String token) {
    if (token.equals("BEGIN") || (areOpen() && LOOPS.contains(token))) {
      open.push(token);
    } else if (areOpen() && WITH_CONDITION.contains(token)) {
      open.push(token);
      place = Place.FURTHER;
    } else if (!isPartOfBegin(token) && !isElse(token)) {
      declares = token.equals("DECLARE");
      place = Place.AFTER_FIRST;
    }
  }

  /** {@code BEGIN NOT ATOMIC}. */
  private boolean isPartOfBegin(String token) {
    return areOpen() && (token.equals("NOT") || token.equals("ATOMIC"));
  }

  private boolean isElse(String token) {
    return areOpen() && BRANCHES.contains(open.element()) && token.equals("ELSE");
  }

  private void further(String token) {
    switch (token) {
      case "CASE" -> openValue();
      case "HANDLER" -> handles = declares;
      case "BEGIN" -> openHandler();
      case "THEN", "ELSE" -> startIn(BRANCHES);
      case "DO" -> startIn(COUNTED);
      default -> {}
    }
  }

  private void openValue() {
    if (areOpen()) {
      open.push(VALUE);
    }
  }

  private void openHandler() {
    if (handles) {
      open.push("BEGIN");
      place = Place.START;
    }
  }

  /** Whether a statement follows, because the innermost block is one of these. */
  private void startIn(Set<String> blocks) {
    if (areOpen() && blocks.contains(open.element())) {
      place = Place.START;
    }
  }
}
