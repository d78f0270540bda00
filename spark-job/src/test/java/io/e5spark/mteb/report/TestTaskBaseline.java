package io.e5spark.mteb.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.mteb.task.SampleTask;
import io.e5spark.mteb.task.TaskReport;
import io.e5spark.platform.DataFile;
import io.e5spark.report.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTaskBaseline {
  @TempDir private Path directory;

  private void earlier(String task, double main) throws IOException {
    Path place = Files.createDirectories(directory.resolve(task));
    TaskReport report = SampleTask.report(task, "STS", main, null);
    Files.writeString(place.resolve(TaskBaseline.REPORT), Json.of(report));
  }

  private TaskBaseline baseline() {
    return TaskBaseline.in(new DataFile(directory.toString(), new Configuration()));
  }

  @Test
  void tasksOfBothEvaluationsAreCompared() throws IOException {
    earlier("a", 0.80);
    earlier("b", 0.50);
    earlier("c", 0.10);
    List<TaskBaseline.Change> changes =
        baseline()
            .changes(
                List.of(
                    SampleTask.report("a", "STS", 0.79, null),
                    SampleTask.report("b", "STS", 0.53, null),
                    SampleTask.report("d", "STS", 0.9, null)));
    assertThat(changes).extracting(TaskBaseline.Change::task).containsExactly("a", "b");
    assertThat(TaskBaseline.summary(changes).lines())
        .containsExactly(
            "a                                          80.00 ->  79.00  -1.00",
            "b                                          50.00 ->  53.00  +3.00",
            "Mean of STS                                65.00 ->  66.00  +1.00");
  }

  @Test
  void directoryWithoutReportsIsRefused() throws IOException {
    Files.createDirectories(directory.resolve("vectors"));
    assertThatThrownBy(this::baseline)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare with %s: it has no report.json of a task".formatted(directory));
    Files.writeString(directory.resolve("vectors/report.json"), "{");
    assertThatThrownBy(this::baseline)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot compare with %s/vectors/report.json: ".formatted(directory));
  }
}
