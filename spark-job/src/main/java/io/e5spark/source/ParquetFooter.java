package io.e5spark.source;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * The columns of one Parquet file. Spark takes the columns of a source from one of its files and
 * fills those that another file lacks with nulls.
 */
record ParquetFooter(String path, GroupType columns) {

  static ParquetFooter of(String path, Configuration configuration) throws IOException {
    Path file = new Path(path);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(file, configuration),
            HadoopReadOptions.builder(configuration, file).build())) {
      return new ParquetFooter(path, reader.getFileMetaData().getSchema());
    }
  }

  /** The first of these columns that the file and the names of its directories lack. */
  Optional<String> missing(Collection<String> names) {
    return names.stream()
        .filter(name -> !has(columns, name) && !path.contains("/" + name + "="))
        .findFirst()
        .map(
            name ->
                "it has no column %s, found %s (name the columns to embed with --text-columns; each file needs them)"
                    .formatted(name, columns.getFields().stream().map(Type::getName).toList()));
  }

  /**
   * As Spark, without regard to case; a name with dots may be that of a field. The parts of a name
   * with quotes are left to Spark.
   */
  private static boolean has(GroupType columns, String name) {
    String[] parts = name.split("\\.", 2);
    return name.contains("`")
        || columns.getFields().stream().anyMatch(one -> one.getName().equalsIgnoreCase(name))
        || (parts.length == 2
            && columns.getFields().stream()
                .filter(one -> one.getName().equalsIgnoreCase(parts[0]))
                .anyMatch(one -> hasInside(one, parts[1])));
  }

  private static boolean hasInside(Type column, String name) {
    if (column.isPrimitive()) {
      return false;
    }
    // Any name may be a key of a map, in any row.
    boolean isMap = column.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation;
    return isMap || has(column.asGroupType(), name);
  }
}
