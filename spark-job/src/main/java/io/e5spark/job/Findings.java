package io.e5spark.job;

import io.e5spark.job.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is found in one process, in order. */
final class Findings {
  private final String where;
  private final List<Finding> all = new ArrayList<>();

  Findings(String where) {
    this.where = where;
  }

  void ok(String what, String found) {
    all.add(new Finding(Level.OK, where, what, found, null));
  }

  void warning(String what, String found, String remedy) {
    all.add(new Finding(Level.WARNING, where, what, found, remedy));
  }

  void problem(String what, String found, @Nullable String remedy) {
    all.add(new Finding(Level.PROBLEM, where, what, found, remedy));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
