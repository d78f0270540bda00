package io.e5spark.mteb.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.e5spark.mteb.folder.Published;
import io.e5spark.mteb.task.Finding;
import io.e5spark.mteb.task.SampleTask;
import io.e5spark.mteb.task.TaskMeans;
import io.e5spark.mteb.task.TaskReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestTaskPage {
  private static final TaskReport REPORT =
      SampleTask.report(
          "STS13",
          "STS",
          0.82,
          new Published(82.4, 0.05),
          new Finding("Wrong ones", List.of("text"), List.of(List.of("1 < 2 & \"so\" on"))),
          new Finding("None of these", List.of("text"), List.of()));

  @Test
  void pageShowsScoresAndWhatWentWrong() {
    String page = TaskPage.of(REPORT);
    assertThat(page)
        .contains("m on STS13", ">82.00<", "published 82.40 ± 0.05, missed", "Wrong ones")
        .contains("<td>1 &lt; 2 &amp; &quot;so&quot; on</td>", "<td>0.820000</td>", "<td>raw</td>")
        .doesNotContain("None of these", "http://", "https://", "{{");
  }

  @Test
  void overviewLeadsToEachPage() {
    List<TaskReport> reports = List.of(REPORT, SampleTask.report("mine", "Reranking", 0.5, null));
    String page = OverviewPage.of(reports, List.of("sts13-sts", "mine"), TaskMeans.of(reports));
    assertThat(page)
        .contains("<a href=\"sts13-sts/report.html\">STS13</a>", "<a href=\"mine/report.html\">")
        .contains("<b>66.00</b><span>mean of the tasks", "<b>82.00</b><span>STS")
        .doesNotContain("{{");
  }
}
