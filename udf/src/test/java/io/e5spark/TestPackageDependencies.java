package io.e5spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may depend on what in the library. */
class TestPackageDependencies {
  private static final String[] JDK = {"java..", "javax..", "org.jspecify.annotations.."};

  private final JavaClasses library =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.e5spark");

  private static String[] jdkAnd(String... packages) {
    String[] all = java.util.Arrays.copyOf(JDK, JDK.length + packages.length);
    System.arraycopy(packages, 0, all, JDK.length, packages.length);
    return all;
  }

  private void onlyDependsOn(String from, String... allowed) {
    classes()
        .that()
        .resideInAPackage("io.e5spark." + from)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(jdkAnd(allowed))
        .check(library);
  }

  @Test
  void configDependsOnTheJdk() {
    onlyDependsOn("config", "io.e5spark.config");
  }

  @Test
  void modelDependsOnConfigAndItsLibraries() {
    onlyDependsOn(
        "model",
        "io.e5spark.model",
        "io.e5spark.config",
        "ai.onnxruntime..",
        "ai.onnx.proto..",
        "com.google.protobuf..",
        "com.google.gson..",
        "com.sun.jna..",
        "org.apache.commons.math3..");
  }

  @Test
  void embedDependsOnConfigModelAndTokenizers() {
    onlyDependsOn("embed", "io.e5spark.embed", "io.e5spark.model", "io.e5spark.config", "ai.djl..");
  }

  @Test
  void sqlDependsOnEmbedConfigAndSpark() {
    onlyDependsOn(
        "sql",
        "io.e5spark.sql",
        "io.e5spark.embed",
        "io.e5spark.model",
        "io.e5spark.config",
        "org.apache.spark..",
        "org.apache.hadoop..",
        "org.slf4j..",
        "com.codahale.metrics..",
        "scala..");
  }

  @Test
  void onnxRuntimeIsUsedInFourClasses() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "io\\.e5spark\\.model\\.(OnnxSession|MatrixProduct|GraphProbe|IntegerProducts)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..")
        .check(library);
  }

  @Test
  void tokenizersAreUsedInOneClass() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.e5spark.embed.TextTokenizer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(library);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.e5spark.(*)..").should().beFreeOfCycles().check(library);
  }
}
