package io.e5spark.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestModelCard {
  @TempDir Path directory;

  private ModelDirectory model() {
    return ModelDirectory.at(directory);
  }

  private void write(String name, String json) throws IOException {
    Files.createDirectories(directory.resolve(name).getParent());
    Files.writeString(directory.resolve(name), json);
  }

  @Test
  void modelThatSaysNothingIsAsE5() {
    assertThat(ModelCard.of(model())).isEqualTo(ModelCard.E5);
    assertThat(ModelCard.of(BuiltInModel.E5_SMALL_V2)).isEqualTo(ModelCard.E5);
  }

  @Test
  void filesBesideAnExportAreReadAnewEachTime() throws IOException {
    write("model.onnx", "");
    write("1_Pooling/config.json", "{\"pooling_mode\":\"mean\"}");
    String before = model().stamp();
    write("1_Pooling/config.json", "{\"pooling_mode\":\"cls\" }");
    write("config_sentence_transformers.json", "{\"prompts\":{\"query\":\"q: \"}}");
    write("sentence_bert_config.json", "{\"max_seq_length\":64}");
    assertThat(ModelCard.of(model()))
        .isEqualTo(new ModelCard(Pooling.CLS, new Prompts("q: ", ""), 64));
    assertThat(model().stamp()).isNotEqualTo(before).contains("1_Pooling", "sentence_bert");
  }

  @Test
  void graphThatPoolsItselfIsNotAskedHow() throws IOException {
    write("modules.json", "[{\"type\":\"m.Transformer\",\"path\":\"\"},{\"type\":\"m.Dense\"}]");
    write("sentence_bert_config.json", "{\"max_seq_length\":64}");
    List<String> inputs = List.of("input_ids", "attention_mask");
    GraphSignature pooled = new GraphSignature(inputs, "sentence_embedding", true, 4);
    assertThat(ModelCard.of(model(), pooled).maxTokens()).isEqualTo(64);
    GraphSignature plain = new GraphSignature(inputs, "last_hidden_state", false, 4);
    assertThatThrownBy(() -> ModelCard.of(model(), plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use model %s: its modules.json has a Dense (must be of [Transformer, Pooling, Normalize])",
            directory);
  }

  @Test
  void longestInputDoesNotDependOnThePooling() throws IOException {
    write("1_Pooling/config.json", "{\"pooling_mode\":\"max\"}");
    write("tokenizer_config.json", "{\"model_max_length\":48}");
    assertThat(ModelCard.longestInput(model())).isEqualTo(48);
  }

  @Test
  void promptsThatNobodyNamedAreSaidOnce() throws IOException {
    List<String> lines = new CopyOnWriteArrayList<>();
    Logger logger = (Logger) LogManager.getLogger(ModelCard.class);
    AbstractAppender appender =
        new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    Level before = logger.getLevel();
    logger.addAppender(appender);
    logger.setLevel(Level.WARN);
    try {
      ModelCard.warnOfAssumedPrompts(BuiltInModel.E5_SMALL_V2);
      assertThat(lines).isEmpty();
      ModelCard.warnOfAssumedPrompts(model());
      ModelCard.warnOfAssumedPrompts(model());
      assertThat(lines)
          .singleElement(STRING)
          .startsWith("Model " + directory + " names no prompts, so e5-spark uses E5's: 'query: '")
          .contains("prefix=off", "--query-prompt");
    } finally {
      logger.setLevel(before);
      logger.removeAppender(appender);
    }
  }

  @Test
  void nameOfADirectoryIsTheLastPartOfItsPath() {
    assertThat(ModelDirectory.at(Path.of("/models/e5-base/")).modelName()).isEqualTo("e5-base");
    assertThat(new ModelDirectory("other:/models/e5-base/", directory).modelName())
        .isEqualTo("e5-base");
    assertThat(new ModelDirectory(".", Path.of(".")).modelName())
        .isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
  }
}
