package io.e5spark.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/**
 * Checks a line of a text file: it must be in its encoding, without NUL bytes and, if lines are
 * JSON, one object whose texts are neither lists nor objects.
 */
final class LineCheck {
  private static final int SHOWN_CHARACTERS = 80;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final FileForm form;
  private final Set<String> texts;
  private final Charset charset;
  private final JsonFactory json = new JsonFactory();

  /**
   * A check of lines.
   *
   * @param texts the fields, with dots for nested ones, that hold texts or identify them
   */
  LineCheck(FileForm form, Set<String> texts) {
    this.form = form;
    this.texts = texts;
    this.charset = form.charset();
  }

  /** What is wrong with a line, for messages. */
  Optional<String> problem(byte[] bytes) {
    String line;
    try {
      line = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return Optional.of(TextEncoding.problem(form));
    }
    if (line.indexOf('\0') >= 0) {
      return Optional.of(TextEncoding.NUL);
    }
    return form.format() == SourceFormat.JSON && !line.isBlank() ? notOne(line) : Optional.empty();
  }

  private Optional<String> notOne(String line) {
    String plain = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    try (JsonParser parser = json.createParser(plain)) {
      JsonToken token = parser.nextToken();
      if (token != JsonToken.START_OBJECT) {
        return problem("not every line is a JSON object", plain);
      }
      for (int depth = 1; depth > 0; ) {
        token = parser.nextToken();
        if (token == null) {
          return problem("not every line is a JSON object", plain);
        }
        if (token.isStructStart()) {
          depth++;
          String path = path(parser.getParsingContext().getParent());
          if (texts.contains(path)) {
            return problem(path + " is a list or an object (must be a string)", plain);
          }
        } else if (token.isStructEnd()) {
          depth--;
        }
      }
      return parser.nextToken() == null
          ? Optional.empty()
          : problem("a line has more than one JSON object", plain);
    } catch (IOException e) {
      return problem("not every line is a JSON object", plain);
    }
  }

  /** The name of the field that a value is in; empty in a list. */
  private static String path(JsonStreamContext context) {
    if (!context.inObject()) {
      return "";
    }
    String above = context.getParent().inRoot() ? "" : path(context.getParent()) + ".";
    return above + context.getCurrentName();
  }

  private static Optional<String> problem(String what, String line) {
    String start = line.substring(0, Math.min(SHOWN_CHARACTERS, line.length()));
    return Optional.of("%s, for example %s".formatted(what, start));
  }
}
