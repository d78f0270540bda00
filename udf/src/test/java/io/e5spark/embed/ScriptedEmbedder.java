package io.e5spark.embed;

import io.e5spark.config.Settings;
import io.e5spark.model.Prompts;
import io.e5spark.model.TokenizerFile;
import io.e5spark.onnx.ScriptedSession;
import io.e5spark.onnx.ToyModel;
import java.util.Map;

/** Opens the toy model's tokenizer with a scripted session that any thread may call. */
public final class ScriptedEmbedder {
  private static final int WORDS = 10;

  private ScriptedEmbedder() {}

  public static E5Embedder over(ScriptedSession session, Map<String, String> settings) {
    TextTokenizer tokenizer =
        TextTokenizer.of(
            new TokenizerFile(ToyModel.tokenizer(WORDS), "", ToyModel.SPECIAL.size() + WORDS, 0));
    LoadedModel model = new LoadedModel(ScriptedSession.sharedEncoder(session));
    Runnable closing =
        () -> {
          model.close();
          tokenizer.close();
        };
    return new E5Embedder(
        Settings.read(settings).atMost(512), Prompts.E5, tokenizer, model, closing);
  }
}
