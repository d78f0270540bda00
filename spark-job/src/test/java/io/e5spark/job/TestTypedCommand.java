package io.e5spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestTypedCommand {
  @Test
  void wordsAreQuotedWhereAShellNeedsIt() {
    assertThat(
            TypedCommand.of(
                List.of("evaluate", "--dataset", "my set/it's", "--min", "ndcg@10=0.3")))
        .isEqualTo("e5-spark evaluate --dataset 'my set/it'\\''s' --min ndcg@10=0.3");
    assertThat(TypedCommand.of(List.of(""))).isEqualTo("e5-spark ''");
  }

  @Test
  void secretsAreHidden() {
    assertThat(TypedCommand.of(List.of("evaluate", "--dataset", "hdfs://user:secret@host/set")))
        .isEqualTo("e5-spark evaluate --dataset hdfs://***@host/set");
    assertThat(
            TypedCommand.of(
                List.of("sql", "--conf", "spark.hadoop.fs.s3a.secret.key=a b'c", "-e", "select 1")))
        .isEqualTo("e5-spark sql --conf 'spark.hadoop.fs.s3a.secret.key=***' -e 'select 1'");
  }
}
