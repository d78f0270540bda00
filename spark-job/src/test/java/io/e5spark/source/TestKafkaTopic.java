package io.e5spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Tests the addresses of a {@link KafkaTopic}. */
class TestKafkaTopic {
  @Test
  void addressesNameServersAndTopic() {
    assertThat(KafkaTopic.at("kafka://one:9092,two:9093/my.topic-1"))
        .contains(new KafkaTopic("one:9092,two:9093", "my.topic-1"));
    assertThat(KafkaTopic.at("/data/kafka")).isEmpty();
  }

  @Test
  void halfAnAddressIsRefused() {
    for (String wrong : new String[] {"kafka://", "kafka://one:9092", "kafka://one/a/b"}) {
      assertThatThrownBy(() -> KafkaTopic.at(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Invalid input: " + wrong);
    }
  }
}
