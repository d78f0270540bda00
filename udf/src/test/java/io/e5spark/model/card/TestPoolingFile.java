package io.e5spark.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestPoolingFile {
  private static final String FILE = "1_Pooling/config.json";

  private static PoolingFile read(String json) throws IOException {
    Modules modules = new Modules(List.of(), "", Optional.of(FILE));
    return PoolingFile.of(new TextFiles().with(FILE, json), modules).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'pooling_mode':'mean','include_prompt':true} | mean",
        "{'pooling_mode':['mean']} | mean",
        "{'pooling_mode':'CLS'} | cls",
        "{'pooling_mode':['cls']} | cls",
        "{'pooling_mode':['mean','max']} | mean and max",
        "{'pooling_mode':[]} | none",
        "{'pooling_mode':'weightedmean'} | weightedmean",
        "{'pooling_mode':null,'pooling_mode_cls_token':true} | cls",
        "{'word_embedding_dimension':16} | mean",
        "{'pooling_mode_mean_tokens':true,'pooling_mode_cls_token':false} | mean",
        "{'pooling_mode_mean_tokens':false,'pooling_mode_cls_token':true} | cls",
        "{'pooling_mode_max_tokens':true,'pooling_mode_mean_tokens':false} | max",
        "{'pooling_mode_mean_sqrt_len_tokens':true} | mean_sqrt_len",
        "{'pooling_mode_weightedmean_tokens':true} | weightedmean",
        "{'pooling_mode_lasttoken':true} | lasttoken",
        "{'pooling_mode_cls_token':true,'pooling_mode_mean_tokens':true} | cls and mean",
        "{'pooling_mode_cls_token':false} | mean",
        "{'pooling_mode_cls_token':false,'pooling_mode_mean_tokens':false} | none",
      })
  void poolingIsReadInTheOldAndTheNewForm(String json, String mode) throws IOException {
    assertThat(read(json.replace('\'', '"')).mode()).isEqualTo(mode);
  }

  @Test
  void promptsArePooledUnlessSaidOtherwise() throws IOException {
    assertThat(read("{}").includesPrompt()).isTrue();
    assertThat(read("{\"include_prompt\":null}").includesPrompt()).isTrue();
    assertThat(read("{\"include_prompt\":false}").includesPrompt()).isFalse();
  }

  @Test
  void valuesThatAreNoNamesAreRefused() {
    assertThatThrownBy(() -> read("{\"pooling_mode\":1}"))
        .hasMessage("its pooling_mode is 1 (must be a name or a list of names)");
    assertThatThrownBy(() -> read("{\"pooling_mode_cls_token\":\"yes\"}"))
        .hasMessage("its pooling_mode_cls_token is \"yes\" (must be true or false)");
  }

  @Test
  void modulesWithoutPoolingHaveNoFile() throws IOException {
    Modules modules = new Modules(List.of(), "", Optional.empty());
    assertThat(PoolingFile.of(new TextFiles(), modules)).isEmpty();
  }
}
