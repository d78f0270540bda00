package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.source.FileForm;
import io.e5spark.source.RowIds;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests sources with hostile contents and paths: a job reads all rows as they were written, or
 * fails.
 */
class TestHostileFiles {
  private static final List<String> ENCODINGS =
      List.of("UTF-8", "UTF-8", "UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE");
  private static final List<String> PIECES =
      List.of("a", "é", "\"", "\n", ",", ";", "\t", "'", "\\", "\u00a0", "{", "]", " ", "7", "");
  private static final List<String> LAYOUTS =
      List.of("", "sub/", "a[1]/", "p=007/", "p=1.50/q=x/", "{x}/*/", "_no/", "é ü/");
  private static final int SOURCES = 12;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void rowsComeOutAsTheyWentInOrNotAtAll(long seed) throws IOException {
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < SOURCES; i++) {
      Case one = new Case(random, directory.resolve("%d-%d[x]".formatted(seed, i)));
      Optional<List<String>> found = one.read();
      if (found.isPresent()) {
        assertThat(found.get()).as(one.toString()).containsExactlyInAnyOrderElementsOf(one.rows);
        read++;
      }
      assertThat(found.isPresent()).as(one.toString()).isEqualTo(!one.damaged && one.fits());
    }
    assertThat(read).isPositive();
  }

  /** A source of a few random files, which may be damaged. */
  private static final class Case {
    private final Random random;
    private final Path root;
    private final SourceFormat format;
    private final String encoding;
    private final String separator;
    private final List<String> layouts = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private String damage = "none";
    private boolean damaged;

    Case(Random random, Path root) throws IOException {
      this.random = random;
      this.root = root;
      this.format = one(List.of(SourceFormat.CSV, SourceFormat.JSON, SourceFormat.DOCUMENTS));
      this.encoding =
          format == SourceFormat.JSON ? one(List.of("UTF-8", "ISO-8859-1")) : one(ENCODINGS);
      this.separator = format == SourceFormat.CSV ? one(List.of(",", ";", "\t")) : ",";
      int files = 1 + random.nextInt(3);
      String common = one(LAYOUTS);
      for (int file = 0; file < files; file++) {
        boolean same = random.nextInt(4) > 0;
        write(file, same ? common : one(LAYOUTS), file == files - 1 && random.nextInt(3) == 0);
      }
    }

    private <T> T one(List<T> choices) {
      return choices.get(random.nextInt(choices.size()));
    }

    private void write(int file, String layout, boolean damage) throws IOException {
      StringBuilder text =
          new StringBuilder(format == SourceFormat.CSV ? "id" + separator + "text\n" : "");
      List<String> written = new ArrayList<>();
      int count = format == SourceFormat.DOCUMENTS ? 1 : random.nextInt(4);
      String name = "%s%d.%s".formatted(layout, file, format);
      for (int row = 0; row < count; row++) {
        String id = format == SourceFormat.DOCUMENTS ? name : file + "-" + row;
        String value = "x" + one(PIECES) + one(PIECES) + one(PIECES) + "y";
        text.append(record(id, value));
        written.add(id + "=" + value);
      }
      byte[] bytes = text.toString().getBytes(Charset.forName(encoding));
      Path path = root.resolve(name);
      Files.createDirectories(path.getParent());
      boolean isRead = !layout.startsWith("_");
      Files.write(path, damage && isRead ? damaged(text.toString(), bytes) : bytes);
      if (isRead) {
        rows.addAll(written);
        layouts.add(layout.contains("=") ? layout.replaceAll("=[^/]*", "") : "");
      }
    }

    private String record(String id, String text) {
      return switch (format) {
        case CSV -> id + separator + "\"" + text.replace("\"", "\"\"") + "\"\n";
        case JSON ->
            "{\"id\":\"%s\",\"text\":\"%s\"}%n"
                .formatted(
                    id,
                    text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"));
        default -> text;
      };
    }

    /** Damages the bytes so that no reader can recover what was written. */
    private byte[] damaged(String text, byte[] bytes) {
      damaged = true;
      Charset charset = Charset.forName(encoding);
      boolean strict = encoding.equals("UTF-8") && format != SourceFormat.DOCUMENTS;
      damage =
          one(format == SourceFormat.DOCUMENTS ? List.of("nul") : List.of("nul", "open", "more"));
      if (strict && random.nextBoolean()) {
        damage = "byte";
        return concat(bytes, new byte[] {(byte) 0xe9, (byte) 0xff});
      }
      String open =
          format == SourceFormat.CSV ? "9" + separator + "\"open\n" : "{\"id\":\"9\",\"text\":\"op";
      String more =
          format == SourceFormat.CSV
              ? "9" + separator + "a" + separator + "b\n"
              : "{\"id\":\"9\",\"text\":\"a\"}{\"id\":\"8\",\"text\":\"b\"}\n";
      String tail = damage.equals("nul") ? "\0" : damage.equals("open") ? open : more;
      return (text + tail).getBytes(charset);
    }

    private static byte[] concat(byte[] first, byte[] second) {
      byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
      System.arraycopy(second, 0, both, first.length, second.length);
      return both;
    }

    /** Returns whether the source has columns and its directories share one layout. */
    boolean fits() {
      boolean isOne = layouts.stream().distinct().count() == 1;
      boolean hasColumns = format == SourceFormat.CSV || !rows.isEmpty();
      return !layouts.isEmpty() && isOne && hasColumns;
    }

    Optional<List<String>> read() {
      TextSource source =
          new TextSource(
              root.toString(),
              new FileForm(format, encoding, separator),
              RowIds.COLUMNS,
              List.of(),
              List.of("text"),
              List.of(),
              null);
      try {
        List<Row> found = source.resolved(Cli.spark()).read(Cli.spark()).collectAsList();
        return Optional.of(
            found.stream().map(row -> row.getString(0) + "=" + row.getString(1)).toList());
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).startsWith("Cannot read source").doesNotContain("\n\t");
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return "%s %s '%s' %s damage %s".formatted(format, encoding, separator, layouts, damage);
    }
  }
}
