package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what spark-submit requests from an API server with the examples for Kubernetes. */
class TestKubernetesSubmission {
  private static final Path EXAMPLES = Path.of("..", "conf", "kubernetes").toAbsolutePath();
  private static final String NAMESPACE = "e5-spark";

  @TempDir Path directory;

  @Test
  void theDriverIsAskedForWithAllThatBelongsToIt() throws Exception {
    try (ApiServer server = ApiServer.start();
        KubernetesClient cluster = server.client();
        Jvm submit = submit(server)) {
      assertThat(submit.exitCode()).as(submit.err()).isZero();
      Pod driver = onlyOne(cluster.pods().inNamespace(NAMESPACE).list().getItems());
      isConfined(driver);
      List<HasMetadata> others = new ArrayList<>();
      others.add(onlyOne(cluster.services().inNamespace(NAMESPACE).list().getItems()));
      others.addAll(cluster.configMaps().inNamespace(NAMESPACE).list().getItems());
      assertThat(others)
          .hasSizeGreaterThan(1)
          .allSatisfy(
              other ->
                  assertThat(other.getMetadata().getOwnerReferences())
                      .extracting(OwnerReference::getName)
                      .containsExactly(driver.getMetadata().getName()));
      assertThat(cluster.configMaps().inNamespace(NAMESPACE).list().getItems())
          .anySatisfy(
              map ->
                  assertThat(map.getData().get("spark.properties"))
                      .contains("spark.e5.device=cuda", "spark.task.resource.gpu.amount=0.25"));
    }
  }

  private static void isConfined(Pod driver) {
    assertThat(driver.getMetadata().getLabels()).containsEntry("spark-role", "driver");
    assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("e5-spark");
    assertThat(driver.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    Container container = onlyOne(driver.getSpec().getContainers());
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getArgs())
        .endsWith(
            "local:///opt/e5-spark/e5-spark-job-all.jar",
            "embed",
            "--input",
            "texts",
            "--output",
            "vectors");
  }

  private static <T> T onlyOne(List<T> items) {
    assertThat(items).hasSize(1);
    return items.get(0);
  }

  /** Submits as submit.sh does, but does not wait for the driver, which never runs. */
  private Jvm submit(ApiServer server) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-Xmx512m"));
    arguments.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master"));
    arguments.add("k8s://" + server.address());
    arguments.addAll(List.of("--properties-file", EXAMPLES.resolve("spark.properties").toString()));
    for (String role : new String[] {"driver", "executor"}) {
      Path template = EXAMPLES.resolve(role + "-pod-template.yaml");
      arguments.add("--conf");
      arguments.add("spark.kubernetes." + role + ".podTemplateFile=" + template);
    }
    Stream.of(
            "--conf spark.kubernetes.submission.waitAppCompletion=false",
            "--class io.e5spark.job.Main local:///opt/e5-spark/e5-spark-job-all.jar",
            "embed --input texts --output vectors")
        .flatMap(part -> Stream.of(part.split(" ", -1)))
        .forEach(arguments::add);
    String classPath = System.getProperty("java.class.path", "");
    return Jvm.start(directory, Map.of(), classPath, arguments);
  }
}
