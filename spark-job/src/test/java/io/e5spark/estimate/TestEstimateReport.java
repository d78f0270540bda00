package io.e5spark.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.e5spark.config.Truncation;
import org.junit.jupiter.api.Test;

class TestEstimateReport {
  private static EstimateReport report(long rows, int cores, double speed, Double price) {
    TokenCounts sample = TokenCounts.of(new int[] {100, 1_000}, 512, Truncation.CUT);
    return EstimateReport.of(
        "docs",
        "a-model",
        new EstimateReport.Texts(rows, 10, 3),
        sample,
        null,
        new EstimateReport.Slots(cores, 1),
        speed,
        price);
  }

  @Test
  void chunksAreWhatTheModelIsGiven() {
    TokenCounts sample = TokenCounts.of(new int[] {100, 200}, 512, Truncation.CUT);
    EstimateReport report =
        EstimateReport.of(
            "docs",
            "a-model",
            new EstimateReport.Texts(10, 0, 0),
            sample,
            40L,
            new EstimateReport.Slots(1, 1),
            1,
            null);
    assertThat(report.tokens()).isEqualTo(40 * 150);
    assertThat(report.summary()).contains("10 in 10 rows, 0 of them duplicates, in 40 chunks");
  }

  @Test
  void tokensAndTimeFollowFromTheSample() {
    EstimateReport report = report(1_010, 4, 306, 2.0);
    assertThat(report.tokens()).isEqualTo(306_000);
    assertThat(report.truncatedPercent()).isEqualTo(50);
    assertThat(report.hours()).isCloseTo(1_000 / 3_600.0, within(1e-12));
    assertThat(report.coreHours()).isCloseTo(4_000 / 3_600.0, within(1e-12));
    assertThat(report.cost()).isCloseTo(2_000 / 3_600.0, within(1e-12));
  }

  @Test
  void summarySaysWhatItTakes() {
    assertThat(report(1_010, 4, 306, 2.0).summary())
        .contains("Texts    1,000 in 1,010 rows, 3 of them duplicates")
        .contains("Tokens   306,000 for the model")
        .contains("Speed    306 tokens/s on 4 cores with a-model, measured")
        .endsWith("Time     16.7 minutes, 1.1 core-hours, cost 0.556");
  }

  @Test
  void timeIsInTheUnitThatFits() {
    assertThat(report(1_010, 1, 30_600, null).summary())
        .endsWith("Time     10.0 seconds, 0.003 core-hours");
    assertThat(report(1_010, 1, 0.306, null).summary())
        .endsWith("Time     278 hours, 278 core-hours");
    assertThat(report(3_610, 1, 306, null).summary())
        .endsWith("Time     1.0 hours, 1.0 core-hours");
  }

  @Test
  void hardwareThreadsAreNotTakenForCores() {
    TokenCounts sample = TokenCounts.of(new int[] {100}, 512, Truncation.CUT);
    EstimateReport.Texts texts = new EstimateReport.Texts(10, 0, 0);
    EstimateReport.Slots slots = new EstimateReport.Slots(8, 2);
    assertThat(EstimateReport.of("docs", "a", texts, sample, null, slots, 5, null).summary())
        .contains("on 8 cores (hardware threads, 2 of which share a core) with a, measured");
  }

  @Test
  void nothingTakesNoTime() {
    EstimateReport report = report(10, 4, 0, 1.0);
    assertThat(report.hours()).isZero();
    assertThat(report.cost()).isZero();
  }
}
