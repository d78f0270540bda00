package io.e5spark.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.source.FileForm;
import io.e5spark.source.RowIds;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that files are read as they were written, or rejected. */
class TestSourceFiles {
  @TempDir Path directory;

  private static List<String> read(
      Path input, SourceFormat format, String encoding, String separator, RowIds ids, String text) {
    FileForm form = new FileForm(format, encoding, separator);
    TextSource source =
        new TextSource(input.toString(), form, ids, List.of(), List.of(text), List.of(), null);
    Dataset<Row> rows = source.resolved(Cli.spark()).read(Cli.spark());
    return rows.collectAsList().stream()
        .map(row -> row.get(0) + "=" + row.get(1))
        .sorted()
        .toList();
  }

  private static List<String> read(Path input) {
    return read(input, SourceFormat.AUTO, "UTF-8", ",", RowIds.COLUMNS, "text");
  }

  private Path file(String name, String text, Charset charset) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, text.getBytes(charset));
  }

  private Path file(String name, String text) throws IOException {
    return file(name, text, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latin1",
        "Latin-1",
        "ISO-8859-1",
        "windows-1252",
        "UTF-16",
        "UTF-16LE",
        "GBK",
        "KOI8-R"
      })
  void csvIsReadInItsEncoding(String encoding) throws IOException {
    Charset charset = encoding.equals("Latin-1") ? ISO_8859_1 : Charset.forName(encoding);
    String word = encoding.equals("GBK") ? "中文" : encoding.equals("KOI8-R") ? "хлеб" : "café";
    Path input = file("in.csv", "id,text\n1,\"" + word + "\nx\"\n2,b\n", charset);
    assertThat(read(input, SourceFormat.AUTO, encoding, ",", RowIds.COLUMNS, "text"))
        .containsExactly("1=" + word + "\nx", "2=b");
    assertThatThrownBy(() -> read(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in.csv")
        .hasMessageContaining("--encoding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252"})
  void jsonAndTextsAreReadInTheirEncoding(String encoding) throws IOException {
    Charset charset = Charset.forName(encoding);
    Path json = file("in.jsonl", "{\"id\":1,\"text\":\"café \\u4e2d\"}\n", charset);
    assertThatThrownBy(() -> read(json)).hasMessageContaining("not UTF-8");
    if (charset.equals(ISO_8859_1)) {
      assertThat(read(json, SourceFormat.AUTO, encoding, ",", RowIds.COLUMNS, "text"))
          .containsExactly("1=café \u4e2d");
    } else {
      assertThatThrownBy(() -> read(json, SourceFormat.AUTO, encoding, ",", RowIds.COLUMNS, "text"))
          .hasMessageContaining("must be UTF-8 or ISO-8859-1 where the format is json");
    }
    Path text = file("in.txt", "café\n", charset);
    assertThat(read(text, SourceFormat.DOCUMENTS, encoding, ",", RowIds.COLUMNS, "text"))
        .containsExactly("in.txt=café\n");
    assertThat(read(text, SourceFormat.LINES, encoding, ",", RowIds.NUMBER, "text"))
        .containsExactly("1=café");
    for (SourceFormat format : List.of(SourceFormat.LINES, SourceFormat.DOCUMENTS)) {
      assertThatThrownBy(() -> read(text, format, "UTF-8", ",", RowIds.HASH, "text"))
          .hasMessageContaining("not UTF-8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\\t", "|"})
  void csvIsReadWithItsSeparator(String option) throws IOException {
    String separator = option.replace("\\t", "\t");
    Path input = file("in.csv", "id%stext%n1%s\"a,b\"%n".formatted(separator, separator));
    assertThat(read(input, SourceFormat.AUTO, "UTF-8", option, RowIds.COLUMNS, "text"))
        .containsExactly("1=a,b");
    assertThatThrownBy(() -> read(input))
        .hasMessageContaining("--csv-separator '%s'".formatted(option));
  }

  @Test
  void byteOrderMarksAreNoPartOfANameOrText() throws IOException {
    assertThat(read(file("a.csv", "\uFEFFid,text\n1,a\n"))).containsExactly("1=a");
    assertThat(read(file("b.csv", "\uFEFF\"id\",text\n1,a\n"))).containsExactly("1=a");
    assertThat(read(file("a.jsonl", "\uFEFF{\"id\":1,\"text\":\"a\"}\n"))).containsExactly("1=a");
    Path utf16 = file("c.csv", "\uFEFFid,text\n1,a\n", UTF_16LE);
    assertThat(read(utf16, SourceFormat.CSV, "UTF-16LE", ",", RowIds.COLUMNS, "text"))
        .containsExactly("1=a");
    assertThat(
            read(file("d.txt", "\uFEFFa"), SourceFormat.LINES, "UTF-8", ",", RowIds.NUMBER, "text"))
        .containsExactly("1=a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "id,text/1,\"a/2,b/~begins in line 2 never ends",
        "id,text/1,\"a/2,\"b\"/~begins in line 2 ends before the field does, in line 3",
        "id,text/1,\"a\"b/~begins in line 2 ends before the field does, in line 2",
        "id,text/1,a,b/~line 2 has 3 fields, where the header has 2",
        "id,text/1,\"x/y\"/2/~line 4 has 1 fields, where the header has 2",
        "id,text/1,a^/~line 2 has another line end than the header",
        "id,text/1,a!b/~NUL bytes",
      })
  void csvThatWouldLoseSomethingIsRefused(String lines, String problem) throws IOException {
    String text = lines.replace('/', '\n').replace("^", "\r").replace('!', '\0');
    Path input = file("in.csv", text);
    assertThatThrownBy(() -> read(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in.csv: ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void csvMayEndItsLinesInEveryWay(String end) throws IOException {
    assertThat(read(file("in.csv", "id,text\n\n1,\"a\"\"b\"\n2,c".replace("\n", end))))
        .containsExactly("1=a\"b", "2=c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"id\":1,\"text\":\"a\"}{\"id\":2,\"text\":\"b\"}~more than one JSON object",
        "{\"id\":1,\"text\":\"a\"} x~not every line is a JSON object",
        "{\"id\":1,\"text\":\"a\"}]~not every line is a JSON object",
        "{\"id\":1,\"text\":\"a!\"}~NUL bytes",
        "{\"id\":1,\"text\":\"a\"}/{\"id\":1,\"text\":[\"a\"]}~text is a list or an object",
        "{\"id\":1,\"text\":\"a\"}/{\"id\":{\"x\":1},\"text\":\"a\"}~id is a list or an object",
        "[{\"id\":1,\"text\":\"a\"}]~not every line is a JSON object",
        "{/\"id\":1,/\"text\":\"a\"}~not every line is a JSON object",
      })
  void jsonThatWouldLoseSomethingIsRefused(String lines, String problem) throws IOException {
    Path input = file("in.jsonl", lines.replace('/', '\n').replace('!', '\0'));
    assertThatThrownBy(() -> read(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in.jsonl: ")
        .hasMessageContaining(problem);
  }

  @Test
  void filesOfOtherEncodingsAndCompressedOnesAreLookedThrough() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write("id,text\n1,caf\u00e9\n".getBytes(ISO_8859_1));
    }
    Path input = Files.write(directory.resolve("in.csv.gz"), bytes.toByteArray());
    assertThatThrownBy(() -> read(input)).hasMessageContaining("in.csv.gz: it is not UTF-8");
    assertThat(read(input, SourceFormat.AUTO, "windows-1252", ",", RowIds.COLUMNS, "text"))
        .containsExactly("1=café");
    Path utf16 = file("in.jsonl", "{\"id\":1,\"text\":\"a\"}\n", UTF_16);
    assertThatThrownBy(() -> read(utf16)).hasMessageContaining("UTF-16");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl"})
  void filesInDirectoriesBesideFilesAreRead(String ending) throws IOException {
    file("in/a." + ending, row(ending, 1));
    file("in/b/c." + ending, row(ending, 2));
    file("in/b/d/e f%20[1]." + ending, row(ending, 3));
    file("in/_hidden/x." + ending, row(ending, 4));
    assertThat(read(directory.resolve("in"))).containsExactly("1=a", "2=a", "3=a");
  }

  private static String row(String ending, int id) {
    return ending.equals("csv")
        ? "id,text\n%d,a\n".formatted(id)
        : "{\"id\":%d,\"text\":\"a\"}\n".formatted(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"data[1]", "data{1,2}", "data*", "data?", "[a-z]", "%5B1%5D", "a b"})
  void pathsAreNoPatterns(String name) throws IOException {
    file("data1/x.jsonl", "{\"id\":\"wrong\",\"text\":\"a\"}");
    file("data2/x.csv", "id,text\nwrong,a\n");
    file("q/x.jsonl", "{\"id\":\"wrong\",\"text\":\"a\"}");
    for (String ending : List.of("csv", "jsonl")) {
      file(name + "/" + ending + "/" + name + "." + ending, row(ending, 7));
      assertThat(read(directory.resolve(name + "/" + ending))).containsExactly("7=a");
      assertThat(read(directory.resolve(name + "/" + ending + "/" + name + "." + ending)))
          .containsExactly("7=a");
    }
    Path parquet = directory.resolve(name + "/parquet");
    Cli.spark().sql("SELECT 8 AS id, 'b' AS text").write().parquet(parquet.toString());
    assertThat(read(parquet)).containsExactly("8=b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet"})
  void directoriesThatAreColumnsHoldStrings(String ending) throws IOException {
    for (String id : List.of("007", "08.50", "2020-01-01", "1e3", "true", "a%2Fb")) {
      String place = "in/id=" + id;
      if (ending.equals("parquet")) {
        Cli.spark().sql("SELECT 'a' AS text").write().parquet(directory.resolve(place).toString());
      } else {
        file(place + "/x." + ending, ending.equals("csv") ? "text\na\n" : "{\"text\":\"a\"}\n");
      }
    }
    assertThat(read(directory.resolve("in")))
        .containsExactly("007=a", "08.50=a", "1e3=a", "2020-01-01=a", "a/b=a", "true=a");
  }

  @Test
  void eachFileOfParquetNeedsTheTexts() {
    Path texts = directory.resolve("in/texts");
    Path titles = directory.resolve("in/titles");
    Cli.spark().sql("SELECT 8 AS id, 'b' AS text").write().parquet(texts.toString());
    Cli.spark().sql("SELECT 9 AS id, 'c' AS title").write().parquet(titles.toString());
    assertThat(read(texts)).containsExactly("8=b");
    assertThatThrownBy(() -> read(directory.resolve("in")))
        .hasMessageContaining("Cannot read source file ")
        .hasMessageContaining("/in/titles/part-")
        .hasMessageEndingWith(
            ": it has no column text, found [id, title] (name the columns to embed with --text-columns; each file needs them)");
  }

  @Test
  void layoutsThatDoNotFitTogetherAreRefused() throws IOException {
    file("one/id=1/x.jsonl", "{\"text\":\"a\"}");
    file("one/x.jsonl", row("jsonl", 2));
    assertThatThrownBy(() -> read(directory.resolve("one"))).hasMessageContaining("NAME=VALUE");
    file("two/id=1/x.jsonl", row("jsonl", 2));
    assertThatThrownBy(() -> read(directory.resolve("two")))
        .hasMessageContaining("the column id is in the files and in the names");
    file("three/x.jsonl", row("jsonl", 2));
    file("three/y.csv", row("csv", 2));
    assertThatThrownBy(() -> read(directory.resolve("three")))
        .hasMessageContaining("several formats, [json, csv]");
    file("four/_x.jsonl", row("jsonl", 2));
    assertThatThrownBy(() -> read(directory.resolve("four")))
        .hasMessageContaining("ignored files whose names begin with _ or .: 1");
    file("five/x.txt", "a");
    assertThatThrownBy(() -> read(directory.resolve("five")))
        .hasMessageContaining("--input-format lines or documents");
    file("six/x.tsv", "id\ttext\n1\ta\n");
    assertThatThrownBy(() -> read(directory.resolve("six")))
        .hasMessageContaining("--csv-separator '\\t'");
  }

  @Test
  void fieldsOfStructsAreColumns() throws IOException {
    Path input =
        file("in.jsonl", "{\"id\":1,\"article\":{\"title\":\"a\",\"meta\":{\"x\":\"b\"}}}\n");
    assertThat(read(input, SourceFormat.AUTO, "UTF-8", ",", RowIds.COLUMNS, "article.title"))
        .containsExactly("1=a");
    assertThat(read(input, SourceFormat.AUTO, "UTF-8", ",", RowIds.COLUMNS, "article.meta.x"))
        .containsExactly("1=b");
    assertThatThrownBy(
            () -> read(input, SourceFormat.AUTO, "UTF-8", ",", RowIds.COLUMNS, "article.none"))
        .hasMessageContaining("column 'article.none' is missing");
    Path mixed =
        file(
            "mixed.jsonl",
            "{\"id\":1,\"article\":{\"title\":\"a\"}}\n{\"id\":2,\"article\":{\"title\":[\"b\"]}}\n");
    assertThatThrownBy(
            () -> read(mixed, SourceFormat.AUTO, "UTF-8", ",", RowIds.COLUMNS, "article.title"))
        .hasMessageContaining("article.title is a list or an object");
  }

  @Test
  void textFilesAreDocumentsOrLines() throws IOException {
    file("in/a.txt", "one\n\ntwo\n");
    file("in/b/c d.txt", "three");
    Path input = directory.resolve("in");
    assertThat(read(input, SourceFormat.DOCUMENTS, "UTF-8", ",", RowIds.COLUMNS, "text"))
        .containsExactly("a.txt=one\n\ntwo\n", "b/c d.txt=three");
    assertThat(read(input, SourceFormat.LINES, "UTF-8", ",", RowIds.NUMBER, "text"))
        .containsExactly("1=one", "2=two", "3=three");
    assertThatThrownBy(() -> read(input, SourceFormat.LINES, "UTF-8", ",", RowIds.COLUMNS, "text"))
        .hasMessageContaining("--generate-id");
  }

  @Test
  void generatedIdentifiersAreHashesOrNumbers() throws IOException {
    Path input = file("in.jsonl", "{\"text\":\"a\"}\n{\"text\":null}\n{\"text\":\"b\"}\n");
    assertThat(read(input, SourceFormat.AUTO, "UTF-8", ",", RowIds.HASH, "text"))
        .containsExactly(
            "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d=b",
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb=a",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855=null");
    assertThat(read(input, SourceFormat.AUTO, "UTF-8", ",", RowIds.NUMBER, "text"))
        .containsExactly("1=a", "2=null", "3=b");
    Path with = file("with.jsonl", "{\"id\":1,\"text\":\"a\"}\n");
    for (RowIds ids : List.of(RowIds.HASH, RowIds.NUMBER)) {
      assertThatThrownBy(() -> read(with, SourceFormat.AUTO, "UTF-8", ",", ids, "text"))
          .hasMessageContaining("leave out --generate-id");
    }
  }
}
