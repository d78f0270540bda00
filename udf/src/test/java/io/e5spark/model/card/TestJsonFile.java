package io.e5spark.model.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TestJsonFile {
  private final TextFiles files = new TextFiles();

  @Test
  void fileThatIsNotThereSaysNothing() throws IOException {
    assertThat(JsonFile.read(files, "a.json")).isEmpty();
    assertThat(JsonFile.object(files, "a.json")).isEmpty();
  }

  @Test
  void whatIsNoObjectIsRefusedByName() {
    assertThatThrownBy(() -> JsonFile.object(files.with("a.json", "{\"b\":"), "a.json"))
        .hasMessage("its a.json is not JSON");
    assertThatThrownBy(() -> JsonFile.object(files.with("a.json", "[]"), "a.json"))
        .hasMessage("its a.json is not a JSON object");
    assertThatThrownBy(() -> JsonFile.object(files.with("a.json", ""), "a.json"))
        .hasMessage("its a.json is not a JSON object");
  }

  @Test
  void nullIsAsIfNothingWereSaid() throws IOException {
    files.with("a.json", "{\"text\":null,\"flag\":null,\"value\":null}");
    JsonObject object = JsonFile.object(files, "a.json").orElseThrow();
    assertThat(JsonFile.text(object, "text")).isEmpty();
    assertThat(JsonFile.flag(object, "flag")).isEmpty();
    assertThat(JsonFile.value(object, "value")).isEmpty();
  }

  @Test
  void valuesOfAnotherTypeAreRefusedByName() throws IOException {
    files.with("a.json", "{\"text\":1,\"flag\":\"true\"}");
    JsonObject object = JsonFile.object(files, "a.json").orElseThrow();
    assertThatThrownBy(() -> JsonFile.text(object, "text"))
        .hasMessage("its text is 1 (must be a text)");
    assertThatThrownBy(() -> JsonFile.flag(object, "flag"))
        .hasMessage("its flag is \"true\" (must be true or false)");
  }
}
