package io.e5spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The main classes of the project by room, and their dependencies. */
public final class House {
  private static final String ROOT = "io.e5spark.";
  private static final List<String> EVERYWHERE =
      List.of("java..", "javax..", "org.jspecify.annotations..");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.e5spark");

  /**
   * Checks the arrows of one room.
   *
   * @param room the package of the room below {@code io.e5spark}
   * @param rooms the other rooms that it may know, separated by blanks
   * @param libraries the packages that it may know, as ArchUnit names them, separated by blanks
   */
  public void check(String room, String rooms, String libraries) {
    List<String> allowed = new ArrayList<>(EVERYWHERE);
    allowed.add(ROOT + room);
    words(rooms).forEach(other -> allowed.add(ROOT + other));
    allowed.addAll(words(libraries));
    classes()
        .that()
        .resideInAPackage(ROOT + room)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed.toArray(String[]::new))
        .check(classes);
  }

  /**
   * Checks that only certain classes use a library. The users are patterns, separated by blanks.
   */
  public void checkUsers(String library, String users) {
    String names = String.join("|", words(users));
    noClasses()
        .that()
        .haveNameNotMatching("io\\.e5spark\\.(" + names + ")(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(classes);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  /** Returns the rooms with the number of files in each. */
  public Map<String, Integer> files() {
    Map<String, Integer> files = new TreeMap<>();
    for (JavaClass one : classes) {
      if (one.isTopLevelClass() && !one.getSimpleName().equals("package-info")) {
        files.merge(one.getPackageName().substring(ROOT.length()), 1, Integer::sum);
      }
    }
    return files;
  }

  /**
   * Returns the sets of files that depend on each other in a circle. Each set is sorted by name.
   */
  public Set<Set<String>> circles() {
    Map<String, Set<String>> arrows = arrows();
    Map<String, Set<String>> reached = new HashMap<>();
    arrows.keySet().forEach(file -> reached.put(file, reached(file, arrows)));
    Set<Set<String>> circles = new HashSet<>();
    reached.forEach(
        (file, others) -> {
          Set<String> circle = new TreeSet<>();
          others.stream()
              .filter(other -> reached.getOrDefault(other, Set.of()).contains(file))
              .forEach(other -> circle.add(other.substring(ROOT.length())));
          if (circle.size() > 1) {
            circles.add(circle);
          }
        });
    return circles;
  }

  private Map<String, Set<String>> arrows() {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass one : classes) {
      Set<String> to = arrows.computeIfAbsent(file(one), missing -> new TreeSet<>());
      for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
        JavaClass other = dependency.getTargetClass();
        if (other.getPackageName().startsWith("io.e5spark") && !file(other).equals(file(one))) {
          to.add(file(other));
        }
      }
    }
    return arrows;
  }

  private static String file(JavaClass one) {
    return one.getBaseComponentType().getName().replaceFirst("\\$.*", "");
  }

  private static Set<String> reached(String from, Map<String, Set<String>> arrows) {
    Set<String> reached = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(arrows.getOrDefault(from, Set.of()));
    while (!next.isEmpty()) {
      String file = next.remove();
      if (reached.add(file)) {
        next.addAll(arrows.getOrDefault(file, Set.of()));
      }
    }
    return reached;
  }
}
