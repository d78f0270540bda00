package io.e5spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What may depend on what in the application. */
class TestPackageDependencies {
  private static final Set<String> LIBRARY =
      Set.of("io.e5spark.config", "io.e5spark.model", "io.e5spark.embed", "io.e5spark.sql");
  private static final Set<String> APPLICATION =
      Set.of("io.e5spark.job", "io.e5spark.table", "io.e5spark.eval", "io.e5spark.eval.metric");

  private final JavaClasses all =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.e5spark");

  @Test
  void nothingDependsOnTheJob() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.e5spark.job")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.e5spark.job")
        .check(all);
  }

  @Test
  void tablesKnowNoModel() {
    noClasses()
        .that()
        .resideInAPackage("io.e5spark.table")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.e5spark.model", "io.e5spark.sql", "ai..")
        .check(all);
  }

  @Test
  void metricsArePlainJava() {
    noClasses()
        .that()
        .resideInAPackage("io.e5spark.eval.metric")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("io.e5spark.eval.metric", "java..", "org.jspecify..")
        .check(all);
  }

  @Test
  void evaluationKnowsNoTokenizersAndNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("io.e5spark.eval")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ai..", "picocli..")
        .check(all);
  }

  @Test
  void deltaIsUsedByTablesAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.e5spark.table")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.delta..", "org.apache.spark.sql.delta..")
        .check(all);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.e5spark.(**)").should().beFreeOfCycles().check(all);
  }

  @Test
  void noPackageIsInBothModules() {
    Set<String> packages = all.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    packages.removeAll(LIBRARY);
    assertThat(packages).isEqualTo(APPLICATION);
  }
}
