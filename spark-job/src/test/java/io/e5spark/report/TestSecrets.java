package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that {@link Secrets} removes passwords and signatures from what a job logs. */
class TestSecrets {
  @Test
  void passwordsAndSignaturesAreHidden() {
    assertThat(Secrets.hidden("\"s3://me:pass/word@host/a\"")).isEqualTo("\"s3://***@host/a\"");
    assertThat(Secrets.hidden("https://h/x?sig=abc%3D&se=1&token=t"))
        .isEqualTo("https://h/x?sig=***&se=1&token=***");
  }

  @Test
  void theRestStays() {
    String plain = "{\"input\":\"abfss://box@account/dir\",\"mode\":\"merge\"}";
    assertThat(Secrets.hidden(plain)).isEqualTo(plain);
  }
}
