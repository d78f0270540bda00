package io.e5spark.platform;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The location of a table: a path, or a name in Spark's catalog. A name is a path if it contains a
 * slash or a colon, exists in the local directory, or is not an identifier of SQL.
 *
 * @param spark the session whose catalog and file systems count
 * @param name the name as the user gave it
 */
public record TableLocation(SparkSession spark, String name) {

  /** Whether this is a path rather than a catalog name. */
  public boolean isPath() {
    boolean looksLikeOne = name.contains("/") || name.contains(":") || name.startsWith(".");
    return looksLikeOne || parts().isEmpty() || exists(path());
  }

  /** Whether the catalog has a table or view of this name. */
  public boolean inCatalog() {
    return !parts().isEmpty() && spark.catalog().tableExists(name);
  }

  /**
   * Whether this is a plain name in Spark's own catalog, which is in memory and ends with the
   * process.
   */
  public boolean isForgettable() {
    String catalog = spark.conf().get("spark.sql.defaultCatalog", "spark_catalog");
    return !isPath() && !isRemembered() && parts().size() == 1 && catalog.equals("spark_catalog");
  }

  /** The parts of the name as an identifier; empty if it is not one. */
  private List<String> parts() {
    return parts(name);
  }

  private List<String> parts(String identifier) {
    try {
      return CollectionConverters.asJava(
          spark.sessionState().sqlParser().parseMultipartIdentifier(identifier));
    } catch (ParseException e) {
      return List.of();
    }
  }

  /** The newest version of the Delta table here; empty if there is none. */
  public OptionalLong deltaVersion() {
    if (isPath() && !isDeltaPath()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(
          state()
              .map(DeltaState::version)
              .orElseGet(() -> delta().history(1).head().<Long>getAs("version")));
    } catch (Exception e) {
      // Thrown for views and tables of other formats; Scala throws checked exceptions that no
      // signature names.
      if (e instanceof AnalysisException) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  /** Distinguishes the Delta table here from another that was made in its place. */
  public String deltaId() {
    return state().map(DeltaState::id).orElseGet(() -> delta().detail().head().getAs("id"));
  }

  /**
   * Whether a named transaction has committed to the Delta table here, even if its history no
   * longer goes back so far; false if the catalog cannot tell.
   */
  public boolean hasCommitted(String transaction) {
    return catalogTable().filter(table -> table.hasCommitted(spark, transaction)).isPresent();
  }

  private Optional<DeltaState> state() {
    return catalogTable().flatMap(table -> table.state(spark));
  }

  /** Whether a Delta table is at exactly this path; Delta also looks in the parent directories. */
  public boolean isDeltaPath() {
    return has(WritableDirectory.LOG) && DeltaTable.isDeltaTable(spark, path().toString());
  }

  /** Whether a Delta table is here, which a view or a table of another format is not. */
  public boolean isDelta() {
    if (isPath()) {
      return isDeltaPath();
    }
    try {
      delta();
      return true;
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }

  /** Whether a Delta table with a change data feed is here. */
  public boolean hasChangeFeed() {
    return isDelta()
        && "true".equalsIgnoreCase(deltaProperties().get("delta.enableChangeDataFeed"));
  }

  /** The properties of the Delta table here. */
  public Map<String, String> deltaProperties() {
    return catalogTable()
        .flatMap(table -> table.properties(spark))
        .orElseGet(this::describedProperties);
  }

  /** Delta counts the files of the table for this, which takes a Spark job. */
  private Map<String, String> describedProperties() {
    return delta().detail().select("properties").head().getJavaMap(0);
  }

  public DeltaTable delta() {
    return isPath()
        ? DeltaTable.forPath(spark, path().toString())
        : DeltaTable.forName(spark, name);
  }

  /** Whether the table can be found after this process, because its catalog is not in memory. */
  public boolean isRemembered() {
    return isPath()
        || !"in-memory".equals(spark.conf().get("spark.sql.catalogImplementation", "in-memory"));
  }

  /** The path with its file system. */
  public Path path() {
    Path path = new Path(name);
    return fileSystem(path).makeQualified(path);
  }

  /** Why no Delta table is here, with the path that was looked at. */
  public String absence() {
    return isPath()
        ? "there is no Delta table at " + path()
        : "the catalog has no such Delta table, and there is no path " + path();
  }

  /** The path with a suffix; empty for a catalog name. */
  public Optional<String> beside(String suffix) {
    return isPath() ? Optional.of(path() + suffix) : Optional.empty();
  }

  /** The catalog name with a suffix, inside of its quotes. */
  public String suffixed(String suffix) {
    return name.endsWith("`") ? name.substring(0, name.length() - 1) + suffix + "`" : name + suffix;
  }

  /** The catalog name with a suffix, and with the catalog and the database that it is in. */
  public String qualified(String suffix) {
    return qualifiedParts(suffix).stream().map(ColumnName::quoted).collect(Collectors.joining("."));
  }

  private List<String> qualifiedParts(String suffix) {
    List<String> names = new ArrayList<>(parts(suffixed(suffix)));
    if (names.size() == 1) {
      names.add(0, spark.catalog().currentDatabase());
    }
    if (names.size() == 2) {
      names.add(0, spark.catalog().currentCatalog());
    }
    return names;
  }

  private Optional<CatalogTable> catalogTable() {
    if (isPath()) {
      return Optional.of(CatalogTable.at(path().toString()));
    }
    List<String> names = qualifiedParts("");
    return names.size() == 3
        ? Optional.of(new CatalogTable(names.get(0), names.get(1), names.get(2)))
        : Optional.empty();
  }

  /** Whether the directory here has this file. */
  public boolean has(String file) {
    return exists(new Path(path(), file));
  }

  /** The content of this file in the directory here; empty if it does not exist. */
  public Optional<String> text(String file) {
    Path path = new Path(path(), file);
    if (!exists(path)) {
      return Optional.empty();
    }
    try (InputStream in = fileSystem(path).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /** Writes a file into the directory here. */
  public void write(String file, String text) {
    Path path = new Path(path(), file);
    try (OutputStream out = fileSystem(path).create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  FileSystem fileSystem(Path path) {
    try {
      return path.getFileSystem(spark.sessionState().newHadoopConf());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach " + name + ": " + e.getMessage(), e);
    }
  }

  public boolean exists(Path path) {
    try {
      return fileSystem(path).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach " + name + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks that a table can be made in the directory here, which need not exist.
   *
   * @throws IllegalArgumentException if other files are there
   * @throws UncheckedIOException if nothing can be written there
   */
  public void requireWritableDirectory() {
    directory().require();
  }

  private WritableDirectory directory() {
    Path path = path();
    return new WritableDirectory(name, path, fileSystem(path));
  }

  /** The place of the table's files; empty for a catalog name without a table. */
  public Optional<Place> place() {
    if (isPath()) {
      return Optional.of(Place.of(spark, path()));
    }
    return isDelta()
        ? Optional.of(Place.of(spark, new Path(delta().detail().head().<String>getAs("location"))))
        : Optional.empty();
  }

  /** Whether the directory here holds only files with these names, and their checksums. */
  public boolean holdsOnly(String... names) {
    try {
      return directory().holdsOnly(List.of(names));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  /** The Delta table in whose directory this path lies, unless a table is at the path itself. */
  public Optional<Path> enclosingTable() {
    Path path = Place.of(spark, path()).path();
    return Stream.iterate(path, parent -> parent != null, Path::getParent)
        .filter(parent -> exists(new Path(parent, WritableDirectory.LOG)))
        .findFirst()
        .filter(table -> !table.equals(path));
  }

  /** The name in SQL: the catalog name, or {@code delta.`path`}. */
  public String sql() {
    return isPath() ? "delta.`" + path().toString().replace("`", "``") + "`" : name;
  }
}
