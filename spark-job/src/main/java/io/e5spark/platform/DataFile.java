package io.e5spark.platform;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** A file of UTF-8 text on any Hadoop file system, which is compressed if its name says so. */
public final class DataFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path path;
  private final Configuration configuration;

  /** The file at this path or URI, which need not exist. */
  public DataFile(String path, Configuration configuration) {
    this(new Path(path), configuration);
  }

  private DataFile(Path path, Configuration configuration) {
    this.path = path;
    this.configuration = configuration;
  }

  /** A file in this directory. */
  public DataFile in(String name) {
    return new DataFile(new Path(path, name), configuration);
  }

  /** The path or URI, as it was given. */
  public String location() {
    return path.toString();
  }

  /** The whole path with its file system, for messages about a file that is not there. */
  public String wholePath() {
    try {
      return files().makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The last part of its path. */
  public String name() {
    return path.getName();
  }

  /** Whether this file or directory exists. */
  public boolean exists() {
    try {
      return files().exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Whether this directory exists. */
  public boolean isDirectory() {
    try {
      return exists() && files().getFileStatus(path).isDirectory();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The names of the entries of this directory, sorted. */
  public java.util.List<String> children() {
    try {
      return java.util.Arrays.stream(files().listStatus(path))
          .map(one -> one.getPath().getName())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The last modification time of each file of this directory, at any depth, by its whole path. */
  public Map<String, Long> modificationTimes() {
    Map<String, Long> times = new HashMap<>();
    try {
      RemoteIterator<LocatedFileStatus> found = files().listFiles(path, true);
      while (found.hasNext()) {
        FileStatus file = found.next();
        times.put(file.getPath().toString(), file.getModificationTime());
      }
      return times;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * A text that changes when the content does: the whole path, the length and the modification
   * time.
   */
  public String identity() {
    try {
      FileStatus status = files().getFileStatus(path);
      return String.format(
          Locale.ROOT, "%s %d %d", status.getPath(), status.getLen(), status.getModificationTime());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Opens the file to read its bytes as they are stored. */
  public InputStream bytes() throws IOException {
    return files().open(path);
  }

  /** Receives each line, numbered from 1. */
  public interface LineReader {
    void read(int number, String line);
  }

  /**
   * Reads all lines, without a byte order mark.
   *
   * @throws IllegalArgumentException if the file does not exist or is not UTF-8
   * @throws UncheckedIOException if it cannot be read
   */
  public void forEachLine(LineReader reader) {
    int number = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8.newDecoder()))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        reader.read(++number, number == 1 ? line.replaceFirst("^" + BYTE_ORDER_MARK, "") : line);
      }
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          isDirectory()
              ? "Cannot read %s: it is a directory".formatted(wholePath())
              : "Cannot read %s: there is no file %s".formatted(path, wholePath()),
          e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "Cannot read %s: it is not UTF-8 somewhere after line %d", path, number),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /**
   * Opens the file to read it in an encoding; reading fails at the first byte that the encoding
   * does not allow.
   */
  public Reader reader(Charset encoding) throws IOException {
    return new BufferedReader(new InputStreamReader(open(), encoding.newDecoder()));
  }

  /** The whole text. */
  public String text() {
    StringBuilder text = new StringBuilder();
    forEachLine((number, line) -> text.append(line).append('\n'));
    return text.toString();
  }

  private InputStream open() throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    InputStream stream = files().open(path);
    try {
      return codec == null ? stream : codec.createInputStream(stream);
    } catch (IOException | RuntimeException | Error e) {
      stream.close();
      throw e;
    }
  }

  /**
   * Checks that a file can be written here.
   *
   * @throws IllegalArgumentException if a directory is here, or one of the files that are read
   */
  public void requireFile(DataFile... read) {
    if (isDirectory()) {
      throw new IllegalArgumentException(
          "Cannot write to %s: it is a directory (name a file)".formatted(path));
    }
    for (DataFile one : read) {
      if (one.wholePath().equals(wholePath())) {
        throw new IllegalArgumentException(
            "Cannot write to %s: it is read, too (name another file)".formatted(path));
      }
    }
  }

  /**
   * Checks that files can be written into a directory here, which need not exist.
   *
   * @throws IllegalArgumentException if a file is here
   */
  public void requireDirectory() {
    if (exists() && !isDirectory()) {
      throw new IllegalArgumentException(
          "Cannot write to %s: it is a file (name a directory)".formatted(path));
    }
  }

  /** Moves the file over another one. */
  public void replace(DataFile other) {
    try {
      files().delete(other.path, false);
      if (!files().rename(path, other.path)) {
        throw new IOException("%s could not be renamed".formatted(path));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot write %s: %s".formatted(other.path, e.getMessage()), e);
    }
  }

  /** Opens the file to replace its content. */
  public Writer writer() throws IOException {
    return new BufferedWriter(new OutputStreamWriter(created(), StandardCharsets.UTF_8));
  }

  /** Local files get no checksums, with which nobody could edit them. */
  private OutputStream created() throws IOException {
    if (!(files() instanceof LocalFileSystem local)) {
      return files().create(path, true);
    }
    FileSystem plain = local.getRawFileSystem();
    plain.delete(local.getChecksumFile(path), false);
    return plain.create(path, true);
  }

  /** Replaces the content with a text. */
  public void write(String text) {
    try (Writer writer = writer()) {
      writer.write(text);
    } catch (FSError e) {
      // Hadoop throws this if a local disk is full.
      throw unwritten(new IOException(e.getMessage(), e));
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private UncheckedIOException unwritten(IOException e) {
    return new UncheckedIOException("Cannot write %s: %s".formatted(path, e.getMessage()), e);
  }

  private FileSystem files() throws IOException {
    return path.getFileSystem(configuration);
  }
}
