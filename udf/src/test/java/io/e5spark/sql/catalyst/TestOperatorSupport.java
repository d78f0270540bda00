package io.e5spark.sql.catalyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.e5spark.sql.expression.SqlFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestOperatorSupport {
  @Test
  void thisBuildOfSparkHasWhatTheOperatorNeeds() {
    assertThat(OperatorSupport.tried().works()).isTrue();
  }

  @Test
  void missingInternalsMeanNo() {
    Runnable missingMethod =
        () -> {
          throw new NoSuchMethodError("Project.<init>");
        };
    Runnable refused =
        () -> {
          throw new IllegalStateException("no plan");
        };
    assertThat(OperatorSupport.tried(missingMethod).works()).isFalse();
    assertThat(OperatorSupport.tried(refused).works()).isFalse();
    assertThat(OperatorSupport.tried(() -> {}).works()).isTrue();
  }

  @Test
  void errorOfTheVirtualMachineIsNotAnAnswer() {
    Runnable exhausted =
        () -> {
          throw new OutOfMemoryError("on purpose");
        };
    assertThatThrownBy(() -> OperatorSupport.tried(exhausted)).isInstanceOf(OutOfMemoryError.class);
  }

  @ParameterizedTest
  @EnumSource
  void registrationIsNameDescriptionAndBuilder(SqlFunction function) {
    var registration = OperatorSupport.tried(() -> {}).registration(function);
    assertThat(registration._1().funcName()).isEqualTo(function.sqlName());
    assertThat(registration._2().getName()).isEqualTo(function.sqlName());
    assertThat(registration._3()).isNotNull();
  }
}
