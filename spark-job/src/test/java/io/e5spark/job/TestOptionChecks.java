package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.config.InputType;
import io.e5spark.eval.EvaluationRequest;
import io.e5spark.importer.graph.GraphLayout;
import io.e5spark.ingest.MergeOptions;
import io.e5spark.ingest.StreamOptions;
import io.e5spark.job.option.CommonOptions;
import io.e5spark.job.option.MergeFlags;
import io.e5spark.job.option.RequestOptions;
import io.e5spark.job.option.SourceOptions;
import io.e5spark.job.option.StreamFlags;
import io.e5spark.model.NumberFormat;
import io.e5spark.source.SourceFormat;
import io.e5spark.source.TextSource;
import io.e5spark.table.VectorType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Tests what commands derive from their options, and what they reject, before a session starts. */
class TestOptionChecks {
  private static <T> T parsed(T options, String... arguments) {
    new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
    return options;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "embed --input a --output b --slice-rows 5 | Invalid option: --slice-rows with --mode overwrite (it needs --mode merge)",
        "embed --input a --output b --no-reuse | Invalid option: --no-reuse with --mode overwrite (it needs --mode merge)",
        "embed --input a --output b --mode append --stream | Invalid option: --stream with --mode append (it needs --mode merge)",
        "embed --input a --output b --run-id x | Invalid option: --run-id with --mode overwrite (it needs --mode append)",
        "embed --input a --output b --mode merge --until-done | Invalid option: --until-done without --stream (it needs --stream)",
        "estimate --input a --measure 0 | Invalid measure: 0 (must be at least 1)",
        "estimate --input a --sample -1 | Invalid sample: -1 (must be at least 1)",
        "estimate --input a --price-per-hour NaN | Invalid price-per-hour: NaN (must not be negative)",
        "search --vectors a --query b --k 0 | Invalid k: 0 (must be at least 1)",
        "doctor --executors 0 | Invalid executors: 0 (must be at least 1)",
        "benchmark --limit 0 | Invalid limit: 0 (must be at least 1)",
        "benchmark --queries 0 | Invalid queries: 0 (must be at least 1)",
        "benchmark --dimension 0 | Invalid dimension: 0 (must be at least 1)",
        "benchmark --peak-tflops 0 | Invalid peak-tflops: 0.0 (must be more than 0)",
        "evaluate --dataset a --output b --k 0 | Invalid k: 0 (must be at least 1)",
        "evaluate --dataset a --output b --k 5 --cutoffs 6 | Invalid cutoffs: 6 (must be from 1 to k, 5)",
        "evaluate --dataset a --output b --k 5 --min ndcg@10=1 | Invalid min: ndcg@10",
        "migrate --vectors a --dataset b --results c --min x=1 | Invalid min: x",
        "model import --from a --to b --precision int4 | Invalid precision: int4 (must be one of fp32, fp16, int8)",
        "model import --from a --to b --device auto | Invalid device: auto (must be cpu or cuda)",
        "model import --from a --to b --layout packed | Invalid layout: a model for the CPU is always padded (must go with --device cuda)",
        "model import --from a --to b --device cuda --precision int8 | Invalid precision: int8 (must be fp16 with --device cuda)",
        "sql -e ~/*~ | Cannot read SQL: the comment that begins in line 1 does not end",
      })
  void mistakesAreNamedInOneLine(String arguments, String message) {
    StringWriter err = new StringWriter();
    PrintWriter writer = new PrintWriter(err, true);
    assertThat(Main.run(writer, writer, arguments.replace("~", "").split(" ", -1))).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("e5-spark: " + message);
  }

  @Test
  void sourceIsWhatTheOptionsSay() {
    SourceOptions options =
        parsed(
            new SourceOptions(),
            "--input=docs",
            "--input-format=CSV",
            "--key=a,b",
            "--text-columns=title,text",
            "--input-type=query");
    assertThat(options.source(List.of("year")))
        .isEqualTo(
            new TextSource(
                "docs",
                SourceFormat.CSV,
                List.of("a", "b"),
                List.of("title", "text"),
                List.of("year")));
    assertThat(options.inputType).isEqualTo(InputType.QUERY);
    TextSource usual = parsed(new SourceOptions(), "--input=docs").source(List.of());
    assertThat(usual.textColumns()).containsExactly("text");
    assertThat(usual.idColumns()).isEmpty();
  }

  @Test
  void requestHasCutoffsWithinTheDepth() {
    EvaluationRequest usual = parsed(new RequestOptions()).request();
    assertThat(usual.k()).isEqualTo(1_000);
    assertThat(usual.cutoffs()).containsExactly(1, 3, 5, 10, 100, 1_000);
    assertThat(parsed(new RequestOptions(), "--k=20").request().cutoffs())
        .containsExactly(1, 3, 5, 10);
    EvaluationRequest own =
        parsed(
                new RequestOptions(),
                "--cutoffs=10,2,10",
                "--vector-type=int8",
                "--document-type=query",
                "--split=dev",
                "--keep-identical-ids")
            .request();
    assertThat(own.cutoffs()).containsExactly(2, 10);
    assertThat(own.vectorType()).isEqualTo(VectorType.INT8);
    assertThat(own.documentType()).contains(InputType.QUERY);
    assertThat(own.split()).isEqualTo("dev");
    assertThat(own.keepIdenticalIds()).isTrue();
  }

  @Test
  void mergeAndStreamAreAsTheOptionsSay() {
    assertThat(parsed(new MergeFlags()).options()).isEqualTo(MergeOptions.USUAL);
    assertThat(
            parsed(
                    new MergeFlags(),
                    "--slice-rows=7",
                    "--slice-minutes=0.5",
                    "--no-reuse",
                    "--delete-missing")
                .options())
        .isEqualTo(new MergeOptions(7, 30, false, true));
    assertThat(parsed(new StreamFlags()).options()).isNull();
    assertThat(parsed(new StreamFlags(), "--stream", "--interval=3", "--until-done").options())
        .isEqualTo(new StreamOptions(null, 3, true, 100));
  }

  @Test
  void settingOfTheCommandLineStaysWithAndWithoutItsPrefix() {
    for (String key : List.of("on-error", "e5.on-error")) {
      CommonOptions options = parsed(new CommonOptions(), "--set=" + key + "=fail");
      options.setIfAbsent("on-error", "null");
      assertThat(options.set).containsOnly(Map.entry(key, "fail"));
    }
  }

  @Test
  void modelIsMadeForItsDevice() {
    ModelImportCommand cpu = parsed(new ModelImportCommand(), "--from=a", "--to=b");
    assertThat(cpu.numberFormat()).isEqualTo(NumberFormat.FP32);
    assertThat(cpu.graphLayout()).isEqualTo(GraphLayout.PADDED);
    ModelImportCommand cuda =
        parsed(new ModelImportCommand(), "--from=a", "--to=b", "--device=cuda");
    assertThat(cuda.numberFormat()).isEqualTo(NumberFormat.FP16);
    assertThat(cuda.graphLayout()).isEqualTo(GraphLayout.PACKED);
  }
}
