package io.e5spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that {@link Secrets} removes passwords and signatures from what a job logs. */
class TestSecrets {
  @Test
  void passwordsAndSignaturesAreHidden() {
    assertThat(Secrets.hidden("\"s3://me:pass/word@host/a\"")).isEqualTo("\"s3://***@host/a\"");
    assertThat(Secrets.hidden("https://h/x?sig=abc%3D&se=1&token=t"))
        .isEqualTo("https://h/x?sig=***&se=1&token=***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.azure.account.key.me.dfs.core.windows.net",
        "spark.e5-kafka.kafka.sasl.jaas.config",
        "spark.authenticate.Password",
        "spark.openlineage.transport.auth.apiKey",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.gs.auth.service.account.private.key"
      })
  void valuesOfSecretSettingsAreHidden(String key) {
    assertThat(Secrets.hiddenWord(key + "=a\nb=\"c\"")).isEqualTo(key + "=***");
    assertThat(Secrets.hiddenWord("--conf=" + key + "=x")).isEqualTo("--conf=" + key + "=***");
  }

  @Test
  void propertiesInOptionsOfJavaAreHidden() {
    assertThat(
            Secrets.hiddenWord(
                "spark.driver.extraJavaOptions=-Xss4m -Djavax.net.ssl.trustStorePassword=x y"))
        .isEqualTo("spark.driver.extraJavaOptions=-Xss4m -Djavax.net.ssl.trustStorePassword=*** y");
  }

  @Test
  void wordsWithoutSecretsStay() {
    for (String word :
        List.of("spark.e5.max-tokens=64", "max-tokens=64", "select 'password=x'", "tokens/")) {
      assertThat(Secrets.hiddenWord(word)).isEqualTo(word);
    }
  }

  @Test
  void theRestStays() {
    String plain = "{\"input\":\"abfss://box@account/dir\",\"mode\":\"merge\"}";
    assertThat(Secrets.hidden(plain)).isEqualTo(plain);
  }
}
