package io.e5spark.onnx;

import io.e5spark.model.EmbeddingException;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session that recovers from failures of its device where that is possible.
 *
 * <pre>
 * no memory for several texts   runs the halves, and makes no later batch larger
 * no memory for one text        opens the session again, once; then the call fails
 * device lost                   what the process does then; every later call fails
 * anything else                 the call fails
 * </pre>
 *
 * A session that cannot be opened again counts as a lost device. Only one thread may run it; any
 * thread may ask for {@link #maxTokens}.
 */
final class RecoveringSession implements ModelSession {
  private static final Logger LOG = LoggerFactory.getLogger(RecoveringSession.class);

  private final Supplier<ModelSession> opening;
  private final DeviceLoss loss;
  private ModelSession session;
  private boolean openedAnew;
  private volatile int maxTokens = Integer.MAX_VALUE;

  /**
   * Takes over an open session.
   *
   * @param opening opens another one like it
   */
  RecoveringSession(ModelSession session, Supplier<ModelSession> opening, DeviceLoss loss) {
    this.session = session;
    this.opening = opening;
    this.loss = loss;
  }

  /** The most tokens per batch, padding included, for which the device is known to have memory. */
  int maxTokens() {
    return maxTokens;
  }

  @Override
  public void run(TokenBatch batch) {
    run(batch, ModelSession::run);
  }

  @Override
  public void runAndShrink(TokenBatch batch) {
    run(batch, ModelSession::runAndShrink);
  }

  /** A call of whichever session is open when it is made. */
  private interface Call {
    void run(ModelSession session, TokenBatch batch);
  }

  private void run(TokenBatch batch, Call call) {
    int fitting = Math.max(1, maxTokens / batch.tokens());
    if (batch.texts() <= fitting) {
      runPart(batch, call);
      return;
    }
    for (int start = 0; start < batch.texts(); start += fitting) {
      runPart(batch.rows(start, Math.min(start + fitting, batch.texts())), call);
    }
  }

  private void runPart(TokenBatch batch, Call call) {
    try {
      call.run(session, batch);
    } catch (EmbeddingException e) {
      switch (DeviceFailure.of(e)) {
        case OTHER -> throw e;
        case LOST -> lose(e);
        case OUT_OF_MEMORY -> runSmaller(batch, e);
      }
    }
  }

  private void lose(EmbeddingException e) {
    session = new LostSession(e, session::close);
    loss.lost(String.valueOf(e.getMessage()), e);
    throw e;
  }

  private void runSmaller(TokenBatch batch, EmbeddingException e) {
    if (batch.texts() == 1) {
      runAnew(batch, e);
      return;
    }
    int half = (batch.texts() + 1) / 2;
    shrinkTo(half * batch.tokens(), batch);
    // The first half also returns the memory that the failed call left behind.
    runPart(batch.rows(0, half), ModelSession::runAndShrink);
    runPart(batch.rows(half, batch.texts()), ModelSession::run);
  }

  private void shrinkTo(int tokens, TokenBatch batch) {
    if (tokens < maxTokens) {
      maxTokens = tokens;
      LOG.warn(
          "The device has no memory for {} texts of {} tokens; batches now have at most {} tokens",
          batch.texts(),
          batch.tokens(),
          tokens);
    }
  }

  private void runAnew(TokenBatch batch, EmbeddingException e) {
    if (openedAnew) {
      throw new EmbeddingException(
          String.format(
              Locale.ROOT,
              "Cannot embed one text of %d tokens: no device memory, even in a new session (%s)",
              batch.tokens(),
              e.getMessage()),
          e);
    }
    openedAnew = true;
    openAnew(e);
    runPart(batch, ModelSession::run);
  }

  /** Closes the old session first, because both at once would have even less memory. */
  private void openAnew(EmbeddingException e) {
    ModelSession old = session;
    session = new LostSession(e, () -> {});
    try {
      old.close();
      session = opening.get();
    } catch (RuntimeException failed) {
      lose(new EmbeddingException("Cannot open the model again: " + failed.getMessage(), failed));
    }
  }

  /**
   * Replaces a session that is never called again.
   *
   * @param cause the reason
   * @param closing closes what is still open
   */
  private record LostSession(EmbeddingException cause, Runnable closing) implements ModelSession {
    @Override
    public void run(TokenBatch batch) {
      // Not the error of the batch: if errors of texts are kept, all later texts would get it.
      throw new IllegalStateException(
          "Cannot embed: an earlier call lost the device of this process, which must be restarted",
          cause);
    }

    @Override
    public void runAndShrink(TokenBatch batch) {
      run(batch);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
