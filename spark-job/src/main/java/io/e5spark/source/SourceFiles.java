package io.e5spark.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/**
 * The data files of a path, at any depth, and the columns that directories named {@code NAME=VALUE}
 * represent.
 *
 * @param path a file, or a directory
 * @param files the paths of the files, sorted
 * @param partitions the names of the columns of directories, in order; usually none
 */
record SourceFiles(String path, List<String> files, List<String> partitions) {
  private static final String LOG = "_delta_log";

  /**
   * Lists the files. Names that begin with a dot or an underscore are not data, as everywhere in
   * Hadoop.
   *
   * @throws IllegalArgumentException if there is none, a Delta table is among them, or not all of
   *     them are in directories of one layout
   */
  static SourceFiles in(SparkSession spark, String path) {
    Path root = new Path(path);
    Set<String> found = new TreeSet<>();
    Set<List<String>> layouts = new LinkedHashSet<>();
    int hidden = 0;
    try {
      FileSystem system = root.getFileSystem(spark.sessionState().newHadoopConf());
      Path whole = system.makeQualified(root);
      RemoteIterator<LocatedFileStatus> all = system.listFiles(whole, true);
      while (all.hasNext()) {
        Path file = all.next().getPath();
        List<String> names = names(whole, file);
        requireNoTable(path, names);
        if (names.stream().anyMatch(SourceFiles::isHidden)) {
          hidden += SourceFormat.ofFile(file.getName()).isPresent() ? 1 : 0;
        } else {
          found.add(file.toString());
          layouts.add(columns(names));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
    requireSome(path, found, hidden);
    requireOne(path, layouts);
    return new SourceFiles(path, List.copyOf(found), layouts.iterator().next());
  }

  /** Read as files, a Delta table also gives the rows that were deleted from it. */
  private static void requireNoTable(String path, List<String> names) {
    int log = names.indexOf(LOG);
    if (log >= 0 && names.subList(0, log).stream().noneMatch(SourceFiles::isHidden)) {
      throw new IllegalArgumentException(
          "Cannot read source %s: it holds the Delta table %s (name the table itself, or a directory without tables)"
              .formatted(path, log == 0 ? path : String.join("/", names.subList(0, log))));
    }
  }

  private static void requireSome(String path, Set<String> found, int hidden) {
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Cannot read source %s: it holds no data files%s",
              path,
              hidden == 0 ? "" : " (ignored files whose names begin with _ or .: " + hidden + ")"));
    }
  }

  private static void requireOne(String path, Set<List<String>> layouts) {
    if (layouts.size() > 1 && layouts.stream().anyMatch(columns -> !columns.isEmpty())) {
      throw new IllegalArgumentException(
          "Cannot read source %s: its files lie in directories NAME=VALUE of several kinds, %s (name one of them as the input)"
              .formatted(path, layouts));
    }
  }

  /** The names below the root; if the root is a file, its own name. */
  private static List<String> names(Path root, Path file) {
    List<String> names = new ArrayList<>();
    for (Path part = file; part != null && !part.equals(root); part = part.getParent()) {
      names.add(0, part.getName());
    }
    return names.isEmpty() ? List.of(file.getName()) : names;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith("._COPYING_");
  }

  /** The columns of directories; a plain directory among them counts as a layout of its own. */
  private static List<String> columns(List<String> names) {
    List<String> directories = names.subList(0, names.size() - 1);
    if (directories.stream().noneMatch(name -> name.indexOf('=') > 0)) {
      return List.of();
    }
    return directories.stream().map(name -> name.split("=", 2)[0]).toList();
  }

  /**
   * The format of all files by their names.
   *
   * @throws IllegalArgumentException if a name shows no format, or two names show different ones
   */
  SourceFormat format() {
    Set<SourceFormat> formats = new TreeSet<>();
    for (String file : files) {
      String name = new Path(file).getName();
      formats.add(
          SourceFormat.ofFile(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Cannot tell the format of %s (%s)"
                              .formatted(file, SourceFormat.advice(name)))));
    }
    if (formats.size() > 1) {
      throw new IllegalArgumentException(
          "Cannot read source %s: it holds files of several formats, %s (name one of its directories or files as the input)"
              .formatted(path, formats));
    }
    return formats.iterator().next();
  }
}
