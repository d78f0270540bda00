package io.e5spark.platform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The real place of a file or directory, which is the same for other spellings and symbolic links.
 *
 * @param path the path with its file system, without links
 */
public record Place(Path path) {
  /** The place of a path. */
  static Place of(SparkSession spark, Path path) {
    try {
      Path whole = path.getFileSystem(spark.sessionState().newHadoopConf()).makeQualified(path);
      return new Place("file".equals(whole.toUri().getScheme()) ? real(whole) : whole);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot reach " + path + ": " + e.getMessage(), e);
    }
  }

  private static Path real(Path local) throws IOException {
    return new Path("file", null, new File(local.toUri().getPath()).getCanonicalPath());
  }

  /** The files and directories that a query reads, also through views. */
  public static List<Place> readBy(Dataset<Row> rows) {
    List<LogicalPlan> leaves =
        CollectionConverters.asJava(rows.queryExecution().analyzed().collectLeaves());
    return leaves.stream()
        .flatMap(Place::roots)
        .map(path -> of(rows.sparkSession(), path))
        .distinct()
        .toList();
  }

  private static Stream<Path> roots(LogicalPlan leaf) {
    return leaf instanceof LogicalRelation relation
            && relation.relation() instanceof HadoopFsRelation files
        ? CollectionConverters.asJava(files.location().rootPaths()).stream()
        : Stream.empty();
  }

  /** Whether this lies inside another place and a reader of that place finds it. */
  public boolean isListedIn(Place other) {
    List<Path> below =
        Stream.iterate(
                path, parent -> parent != null && !other.path.equals(parent), Path::getParent)
            .toList();
    return isWithin(other)
        && !below.isEmpty()
        && below.stream().noneMatch(part -> part.getName().matches("[._].*"));
  }

  /** Whether this is another place or lies inside it. */
  public boolean isWithin(Place other) {
    return Stream.iterate(path, parent -> parent != null, Path::getParent)
        .anyMatch(other.path::equals);
  }
}
