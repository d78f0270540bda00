package io.e5spark.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestResource {
  @Test
  void textIsRead() {
    assertThat(new Resource(Resource.class, "/log4j2.properties").text()).contains("rootLogger");
  }

  @Test
  void missingOneIsNamed() {
    Resource missing = new Resource(Resource.class, "/chart.js/0/dist/chart.umd.js");
    assertThatThrownBy(missing::text)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Cannot read resource /chart.js/0/dist/chart.umd.js: it is not on the class path of io.e5spark.platform.Resource");
  }
}
