package io.e5spark.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestShared {
  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final AtomicInteger loads = new AtomicInteger();
  private final Shared<Integer, String> shared = new Shared<>(3, this::close);

  private void close(String thing) {
    closed.add(thing);
  }

  private Shared.Held<String> take(int key) {
    return shared.take(key, () -> "thing " + key + " load " + loads.incrementAndGet());
  }

  @Test
  void thingIsLoadedOnceAndStaysOpenWhenItIsGivenBack() {
    Shared.Held<String> first = take(1);
    Shared.Held<String> second = take(1);
    assertThat(second.thing()).isSameAs(first.thing());
    first.release();
    second.release();
    assertThat(closed).isEmpty();
    assertThat(take(1).thing()).isEqualTo("thing 1 load 1");
  }

  @Test
  void tooManyThingsAreClosed() {
    for (int key = 0; key < 200; key++) {
      take(key).release();
    }
    assertThat(closed).hasSize(197).doesNotHaveDuplicates();
  }

  @Test
  void thingThatIsHeldIsClosedOnlyOnceItIsGivenBack() {
    Shared.Held<String> held = take(0);
    for (int key = 1; key < 200; key++) {
      take(key).release();
    }
    assertThat(closed).doesNotContain(held.thing());
    boolean evicted = !take(0).thing().equals(held.thing());
    held.release();
    assertThat(closed.contains(held.thing())).isEqualTo(evicted);
  }

  @Test
  void failedLoadIsTriedAgain() {
    assertThatThrownBy(
            () ->
                shared.take(
                    1,
                    () -> {
                      throw new IllegalArgumentException("not now");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not now");
    assertThat(take(1).thing()).isEqualTo("thing 1 load 1");
  }

  @Test
  void oneThatCannotBeClosedKeepsNoOtherOpen() {
    Shared<Integer, String> brittle =
        new Shared<>(
            9,
            thing -> {
              closed.add(thing);
              throw new IllegalStateException("broken");
            });
    for (int key = 0; key < 5; key++) {
      String name = "thing " + key;
      brittle.take(key, () -> name).release();
    }
    brittle.closeAll();
    assertThat(closed).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void allAreClosedThoughSomeAreHeldAndLoadedAnewThen() {
    Shared.Held<String> held = take(1);
    shared.closeAll();
    assertThat(closed).containsExactly(held.thing());
    assertThat(take(1).thing()).isEqualTo("thing 1 load 2");
    held.release();
    assertThat(closed).hasSize(1);
  }

  @Test
  void nobodyHoldsWhatIsClosedWhileThreadsCompete() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Void> work =
          () -> {
            for (int round = 0; round < 2_000; round++) {
              Shared.Held<String> held = take(round % 7);
              assertThat(closed).doesNotContain(held.thing());
              held.release();
            }
            return null;
          };
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(8, work))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(closed).doesNotHaveDuplicates();
    assertThat(loads.get() - closed.size()).isBetween(1, 3);
  }
}
