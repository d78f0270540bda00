package io.e5spark.doctor;

import io.e5spark.doctor.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings in one process, in order. */
public final class Findings {
  private final String where;
  private final List<Finding> all = new ArrayList<>();

  public Findings(String where) {
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

  public List<Finding> all() {
    return List.copyOf(all);
  }
}
