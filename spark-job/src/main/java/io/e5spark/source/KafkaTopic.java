package io.e5spark.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A Kafka topic whose messages are JSON objects, read by Spark's own connector. Session settings
 * {@code spark.e5-kafka.NAME} are the options of the connector.
 *
 * @param servers {@code host:port}, separated by commas
 * @param name the name of the topic
 */
record KafkaTopic(String servers, String name) {
  private static final String SCHEME = "kafka://";
  private static final Pattern ADDRESS = Pattern.compile(SCHEME + "([^/\\s]+)/([\\w.-]+)");
  private static final String OPTIONS = "spark.e5-kafka.";
  private static final String MESSAGES_A_BATCH = "100000";
  private static final String PARSED = "__e5_parsed";
  private static final String RANK = "__e5_rank";

  /**
   * The topic with this address; empty if it is not the address of a topic.
   *
   * @throws IllegalArgumentException if it begins like one, but is not one
   */
  static Optional<KafkaTopic> at(String address) {
    if (!address.startsWith(SCHEME)) {
      return Optional.empty();
    }
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "Invalid input: %s (must be kafka://HOST:PORT[,HOST:PORT…]/TOPIC)".formatted(address));
    }
    return Optional.of(new KafkaTopic(parts.group(1), parts.group(2)));
  }

  /** Its messages so far, as Kafka returns them. */
  Dataset<Row> read(SparkSession spark) {
    return orExplained(spark, () -> spark.read().format("kafka").options(options(spark)).load());
  }

  /** Its messages as they arrive. */
  Dataset<Row> stream(SparkSession spark) {
    return orExplained(
        spark, () -> spark.readStream().format("kafka").options(options(spark)).load());
  }

  private Map<String, String> options(SparkSession spark) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("startingOffsets", "earliest");
    options.put("maxOffsetsPerTrigger", MESSAGES_A_BATCH);
    spark
        .conf()
        .getAll()
        .foreach(
            setting -> {
              if (setting._1().startsWith(OPTIONS)) {
                options.put(setting._1().substring(OPTIONS.length()), setting._2());
              }
              return null;
            });
    options.put("kafka.bootstrap.servers", servers);
    options.put("subscribe", name);
    return options;
  }

  private Dataset<Row> orExplained(SparkSession spark, Load load) {
    try {
      return load.rows();
    } catch (Exception e) {
      // Scala throws checked exceptions that no signature names.
      if (e instanceof AnalysisException
          && String.valueOf(e.getMessage()).contains("data source: kafka")) {
        throw new IllegalArgumentException(
            "Cannot read topic %s: Spark's Kafka connector is not on the class path (add --packages org.apache.spark:spark-sql-kafka-0-10_2.13:%s)"
                .formatted(name, spark.version()),
            e);
      }
      throw e;
    }
  }

  private interface Load {
    Dataset<Row> rows();
  }

  /**
   * The content of messages: the newest message of each key. Within a partition, the offset
   * decides, as in later reads; between partitions, the time decides. A message that is not a JSON
   * object, or lacks a key, ends the query.
   *
   * @param fields the fields that become columns, all strings
   * @param keys the fields that identify a row
   */
  Dataset<Row> rows(Dataset<Row> messages, List<String> fields, List<String> keys) {
    Dataset<Row> parsed =
        messages.select(
            parsed(fields, keys).as(PARSED), col("timestamp"), col("partition"), col("offset"));
    Column[] columns =
        fields.stream().map(field -> col(PARSED).getField(field).as(field)).toArray(Column[]::new);
    List<Column> identity =
        new ArrayList<>(keys.stream().map(key -> col(PARSED).getField(key)).toList());
    WindowSpec between =
        Window.partitionBy(identity.toArray(Column[]::new))
            .orderBy(col("timestamp").desc(), col("partition"));
    identity.add(col("partition"));
    WindowSpec within =
        Window.partitionBy(identity.toArray(Column[]::new)).orderBy(col("offset").desc());
    return first(first(parsed, within), between).select(columns);
  }

  private static Dataset<Row> first(Dataset<Row> rows, WindowSpec window) {
    return rows.withColumn(RANK, row_number().over(window)).where(col(RANK).equalTo(1)).drop(RANK);
  }

  private Column parsed(List<String> fields, List<String> keys) {
    StructType schema = new StructType();
    for (String field : fields) {
      schema = schema.add(field, DataTypes.StringType);
    }
    // Parsed as the only element of an array, because otherwise text after the first object would
    // go unnoticed.
    Column array = concat(lit("["), col("value").cast("string"), lit("]"));
    Column objects = from_json(array, DataTypes.createArrayType(schema), Map.of());
    Column object = get(objects, lit(0));
    Column message =
        concat(
            lit("Cannot read topic " + name + ": message "),
            col("offset").cast("string"),
            lit(" of partition "),
            col("partition").cast("string"),
            lit(" is not a JSON object with " + String.join(", ", keys)));
    Column isWrong = objects.isNull().or(size(objects).notEqual(1)).or(object.isNull());
    for (String key : keys) {
      isWrong = isWrong.or(object.getField(key).isNull());
    }
    return when(isWrong, raise_error(message)).otherwise(object);
  }
}
