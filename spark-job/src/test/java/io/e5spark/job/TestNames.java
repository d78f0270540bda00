package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import io.e5spark.config.Settings;
import io.e5spark.model.VectorRecipe;
import io.e5spark.sql.E5FunctionCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Tests that the names that scripts of users depend on equal the lists beside the tests. */
class TestNames {
  private static final Path LISTS = Path.of("src/test/resources/names");
  private static final Path SOURCES = Path.of("src/main/java/io/e5spark");
  private static final Pattern PROPERTY = Pattern.compile("\"(e5\\.[a-z-]+)[\"=]");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /** The classes of all reports that commands print or write as JSON. */
  private static final Map<String, String> REPORTS =
      Map.ofEntries(
          Map.entry("benchmark", "benchmark.BenchmarkReport"),
          Map.entry("benchmark --against", "benchmark.ModelBenchmark$Report"),
          Map.entry("benchmark --search", "benchmark.SearchBenchmark$Report"),
          Map.entry("benchmark --shapes", "benchmark.ShapeReport"),
          Map.entry("benchmark --similarity", "benchmark.SimilarityBenchmark$Report"),
          Map.entry("benchmark --storage", "benchmark.StorageReport"),
          Map.entry("doctor", "job.DoctorCommand$Report"),
          Map.entry("embed", "ingest.EmbedReport"),
          Map.entry("estimate", "estimate.EstimateReport"),
          Map.entry("evaluate", "job.EvaluateCommand$Report"),
          Map.entry("evaluate: metrics.json", "eval.EvaluationReport"),
          Map.entry("metrics --output", "job.MetricsCommand$Details"),
          Map.entry("model import --dry-run", "importer.ImportDescription"),
          Map.entry("model info", "job.ModelSummary"),
          Map.entry("model verify[]", "importer.ModelVerification$Check"),
          Map.entry("search[]", "job.SearchCommand$Found"));

  private static void areListed(String list, Collection<String> names) throws IOException {
    Path file = LISTS.resolve(list + ".txt");
    String text = String.join("\n", names) + "\n";
    if (Boolean.getBoolean("e5.write-names")) {
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file))
        .as("people script against these names; -De5.write-names=true writes the list")
        .isEqualTo(text);
  }

  @Test
  void classesAreWhereTheyWere() throws IOException {
    for (String name : Files.readAllLines(LISTS.resolve("classes.txt"))) {
      assertThat(getClass().getClassLoader())
          .satisfies(loader -> assertThat(Class.forName(name, false, loader)).isPublic());
    }
  }

  @Test
  void functionsKeepTheirNames() throws Exception {
    TreeSet<String> names = new TreeSet<>();
    for (Identifier one : new E5FunctionCatalog().listFunctions(new String[] {"fn"})) {
      names.add("e5.fn." + one.name());
    }
    Files.readAllLines(LISTS.resolve("functions.txt")).stream()
        .filter(name -> !name.startsWith("e5.fn."))
        .forEach(names::add);
    areListed("functions", names);
    for (String name : names) {
      if (!name.startsWith("e5.fn.")) {
        assertThat(Cli.spark().catalog().functionExists(name)).as(name).isTrue();
      }
    }
  }

  @Test
  void commandsKeepTheirOptionsAndExitCodes() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    addCommands(names, new CommandLine(new Main()));
    areListed("commands", names);
    assertThat(List.of(CommandLine.ExitCode.OK, CommandLine.ExitCode.SOFTWARE))
        .containsExactly(0, 1);
    assertThat(CommandLine.ExitCode.USAGE).isEqualTo(2);
  }

  private static void addCommands(Set<String> names, CommandLine line) {
    String command = line.getCommandSpec().qualifiedName();
    names.add(command);
    for (OptionSpec option : line.getCommandSpec().options()) {
      for (String name : option.names()) {
        names.add(
            command + " " + name + (option.negatable() ? " and its opposite" : values(option)));
      }
    }
    line.getCommandSpec().usageMessage().exitCodeList().keySet().stream()
        .map(code -> command + " exits with " + code.strip())
        .forEach(names::add);
    line.getSubcommands().values().forEach(one -> addCommands(names, one));
  }

  private static String values(OptionSpec option) {
    Class<?> type = option.type();
    if (!type.isEnum()) {
      return "";
    }
    return Arrays.stream(type.getEnumConstants())
        .map(value -> value.toString().toLowerCase(Locale.ROOT))
        .toList()
        .toString();
  }

  @Test
  void reportsKeepTheirKeys() throws Exception {
    TreeSet<String> keys = new TreeSet<>();
    for (Map.Entry<String, String> report : REPORTS.entrySet()) {
      Class<?> type = Class.forName("io.e5spark." + report.getValue());
      addKeys(keys, report.getKey() + " ", MAPPER.constructType(type));
    }
    areListed("json-keys", keys);
  }

  private static void addKeys(Set<String> keys, String path, JavaType type) {
    if (type.isContainerType()) {
      addKeys(keys, path + (type.isMapLikeType() ? "/*" : "[]"), type.getContentType());
    } else if (type.hasRawClass(Settings.class)) {
      Settings.read(Map.of()).byKey().keySet().stream()
          .map(key -> path + "/" + key.replace('-', '_'))
          .forEach(keys::add);
    } else if (type.getRawClass().isRecord()) {
      BeanDescription bean = MAPPER.getSerializationConfig().introspect(type);
      for (BeanPropertyDefinition property : bean.findProperties()) {
        addKeys(keys, path + "/" + property.getName(), property.getPrimaryType());
      }
    } else {
      keys.add(path);
    }
  }

  @Test
  void settingsKeepTheirKeys() throws IOException {
    List<String> keys = Settings.read(Map.of()).byKey().keySet().stream().sorted().toList();
    areListed("settings", keys.stream().map("spark.e5."::concat).toList());
    for (String key : keys) {
      // The value "?" may be invalid for a number or a choice, but the key is known.
      try {
        assertThat(Settings.read(Map.of(key, "?"))).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("Invalid " + key).hasMessageNotContaining("Unknown");
      }
    }
    assertThatThrownBy(() -> Settings.read(Map.of("no-such", "1"))).hasMessageContaining("Unknown");
  }

  @Test
  void tablesKeepTheirProperties() throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Path library = Path.of("../udf/src/main/java/io/e5spark/model/StatedVectors.java");
    for (Path place :
        List.of(
            SOURCES.resolve("table"),
            SOURCES.resolve("ingest"),
            SOURCES.resolve("source"),
            library)) {
      try (Stream<Path> files = Files.walk(place)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher found = PROPERTY.matcher(Files.readString(file));
          found.results().map(one -> one.group(1)).forEach(names::add);
        }
      }
    }
    VectorRecipe.propertyKeys().stream().map("e5."::concat).forEach(names::add);
    areListed("table-properties", names);
  }
}
