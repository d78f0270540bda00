package io.e5spark.source;

import static io.e5spark.platform.ColumnName.column;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads files of one form, with Spark's own readers. */
record SourceReader(SparkSession spark, FileForm form) {
  private static final String VALUE = "value";
  private static final String TEXT = "text";

  /** All rows, with the columns of directories as strings. */
  Dataset<Row> read(SourceFiles files) {
    DataFrameReader reader =
        spark.read().schema(schema(files)).options(options(files)).option("mode", "FAILFAST");
    return shaped(reader.format(name()).load(files.path()), files.path());
  }

  /** The rows of files as they arrive. */
  Dataset<Row> stream(DataStreamReader reader, SourceFiles files) {
    Map<String, String> options = new HashMap<>(options(files));
    options.remove(ReadOptions.PATTERNS);
    Dataset<Row> rows =
        reader
            .schema(schema(files))
            .options(options)
            .option("mode", "FAILFAST")
            .option("basePath", files.path())
            .format(name())
            .load(escaped(files.path()));
    return shaped(rows, files.path());
  }

  private Map<String, String> options(SourceFiles files) {
    return files.partitions().isEmpty()
        ? ReadOptions.of(form)
        : ReadOptions.partitioned(form, files.path());
  }

  /** A stream takes every path for a pattern. */
  private static String escaped(String path) {
    return path.replaceAll("[\\[\\]{}*?]", "\\\\$0");
  }

  private String name() {
    return switch (form.format()) {
      case LINES, DOCUMENTS -> TEXT;
      default -> form.format().toString();
    };
  }

  /** The columns of the files, followed by those of directories, which are strings. */
  private StructType schema(SourceFiles files) {
    StructType schema = found(files);
    for (String name : files.partitions()) {
      if (Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "Cannot read source %s: the column %s is in the files and in the names of their directories"
                .formatted(files.path(), name));
      }
      schema = schema.add(name, DataTypes.StringType);
    }
    return schema;
  }

  private StructType found(SourceFiles files) {
    Map<String, String> options = ReadOptions.of(form);
    return switch (form.format()) {
      case JSON -> new JsonLines(spark, files.path()).schema(options);
      case CSV -> new CsvHeader(spark, form).schema(files);
      case PARQUET -> spark.read().options(options).parquet(files.path()).schema();
      default -> new StructType().add(VALUE, DataTypes.StringType);
    };
  }

  private Dataset<Row> shaped(Dataset<Row> rows, String root) {
    return switch (form.format()) {
      case CSV -> form.isOneByteOfMany() ? decoded(rows) : rows;
      case LINES -> texts(rows).where(col(TEXT).rlike("\\S"));
      case DOCUMENTS -> texts(rows.withColumn(RowIds.COLUMN, relative(root)));
      default -> rows;
    };
  }

  private Dataset<Row> texts(Dataset<Row> rows) {
    String encoding = form.encoding();
    UDF1<byte[], String> decode = bytes -> new String(bytes, encoding).replaceFirst("^\uFEFF", "");
    UserDefinedFunction decoding = udf(decode, DataTypes.StringType);
    return rows.withColumn(VALUE, decoding.apply(col(VALUE).cast("binary")))
        .withColumnRenamed(VALUE, TEXT);
  }

  private static Column relative(String root) {
    UDF1<String, String> below =
        file -> {
          Path path = new Path(URI.create(file));
          String whole = path.toUri().getPath();
          String start = new Path(root).toUri().getPath();
          return whole.equals(start)
              ? path.getName()
              : whole.substring(start.length()).replaceFirst("^/", "");
        };
    return udf(below, DataTypes.StringType).apply(col("_metadata.file_path"));
  }

  /** Decodes text whose characters are the bytes of a file. */
  private Dataset<Row> decoded(Dataset<Row> rows) {
    String encoding = form.encoding();
    UDF1<String, String> decode =
        bytes ->
            bytes == null
                ? null
                : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), encoding);
    UserDefinedFunction decoding = udf(decode, DataTypes.StringType);
    Column[] columns =
        Arrays.stream(rows.columns())
            .map(name -> decoding.apply(column(name)).as(decode(name)))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  private String decode(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), form.charset());
  }
}
