package io.e5spark.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesDriverConf;
import org.apache.spark.deploy.k8s.KubernetesDriverSpec;
import org.apache.spark.deploy.k8s.KubernetesExecutorConf;
import org.apache.spark.deploy.k8s.submit.JavaMainAppResource;
import org.apache.spark.deploy.k8s.submit.KubernetesDriverBuilder;
import org.apache.spark.internal.config.package$;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import org.apache.spark.util.SystemClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import scala.Option;

/** Tests the pods that Spark builds from the examples for Kubernetes, without an API server. */
class TestKubernetes {
  private static final Path EXAMPLES = Path.of("..", "conf", "kubernetes");

  private static KubernetesClient client;

  @BeforeAll
  static void openClient() {
    Config nowhere = new ConfigBuilder().withMasterUrl("https://127.0.0.1:1").build();
    client = new KubernetesClientBuilder().withConfig(nowhere).build();
  }

  @AfterAll
  static void closeClient() {
    client.close();
  }

  /** Returns the configuration as spark-submit reads it in the project's directory. */
  private static SparkConf conf() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(EXAMPLES.resolve("spark.properties"))) {
      properties.load(reader);
    }
    SparkConf conf = new SparkConf(false);
    properties.stringPropertyNames().forEach(key -> conf.set(key, properties.getProperty(key)));
    for (String role : new String[] {"driver", "executor"}) {
      String key = "spark.kubernetes." + role + ".podTemplateFile";
      conf.set(key, "../" + conf.get(key));
    }
    return conf.set("spark.app.name", "e5-spark").set("spark.master", "k8s://https://127.0.0.1:1");
  }

  private static KubernetesDriverSpec driver() throws IOException {
    KubernetesDriverConf driver =
        new KubernetesDriverConf(
            conf(),
            "spark-1",
            new JavaMainAppResource(Option.apply("local:///opt/e5-spark/e5-spark-job-all.jar")),
            "io.e5spark.job.Main",
            new String[] {"embed", "--input", "texts"},
            Option.empty(),
            new SystemClock());
    return new KubernetesDriverBuilder().buildFromFeatures(driver, client);
  }

  private static Pod executor(Container[] container) throws IOException {
    SparkConf conf = conf().set("spark.driver.host", "driver").set("spark.driver.port", "7078");
    KubernetesExecutorConf executor =
        new KubernetesExecutorConf(conf, "spark-1", "1", Option.empty(), 0);
    ResourceProfile profile = ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf);
    var spec =
        new KubernetesExecutorBuilder()
            .buildFromFeatures(executor, security(conf), client, profile);
    container[0] = spec.pod().container();
    return spec.pod().pod();
  }

  private static SecurityManager security(SparkConf conf) {
    return new SecurityManager(conf, Option.empty(), package$.MODULE$.AUTH_SECRET_FILE());
  }

  private static void isConfined(PodSpec pod, Container container) {
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(185);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/tmp", "/models", "/dev/shm");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getName().equals("models"))
        .extracting(volume -> volume.getPersistentVolumeClaim().getReadOnly())
        .containsExactly(true);
    assertThat(container.getEnv()).contains(new EnvVar("ORT_DISABLE_TELEMETRY", "1", null));
  }

  @Test
  void driverRunsTheCommandConfined() throws IOException {
    KubernetesDriverSpec driver = driver();
    Container container = driver.pod().container();
    isConfined(driver.pod().pod().getSpec(), container);
    assertThat(container.getImage()).isEqualTo("REGISTRY/e5-spark:VERSION-cuda");
    assertThat(container.getArgs())
        .containsSequence("--class", "io.e5spark.job.Main")
        .containsSequence(
            "local:///opt/e5-spark/e5-spark-job-all.jar", "embed", "--input", "texts");
    assertThat(container.getResources().getLimits().get("memory")).isNotNull();
  }

  @Test
  void executorHasItsGpuAndTheLibrariesOfTheImage() throws IOException {
    Container[] container = new Container[1];
    Pod executor = executor(container);
    isConfined(executor.getSpec(), container[0]);
    assertThat(container[0].getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("1"))
        .containsEntry("memory", new Quantity("10240Mi"));
    assertThat(container[0].getEnv())
        .anyMatch(
            variable ->
                variable.getName().startsWith("SPARK_JAVA_OPT_")
                    && variable
                        .getValue()
                        .equals("-Donnxruntime.native.path=/opt/onnxruntime/lib"));
  }

  @Test
  void whatSparkWritesToIsMounted() throws IOException {
    KubernetesDriverSpec driver = driver();
    Container container = driver.pod().container();
    String local =
        container.getEnv().stream()
            .filter(variable -> variable.getName().equals("SPARK_LOCAL_DIRS"))
            .map(EnvVar::getValue)
            .findFirst()
            .orElseThrow();
    assertThat(container.getVolumeMounts()).extracting(VolumeMount::getMountPath).contains(local);
    assertThat(driver.pod().pod().getSpec().getVolumes())
        .extracting(Volume::getName)
        .doesNotHaveDuplicates();
  }

  /** Spark does not start as a user without a name. */
  @Test
  void imageNamesTheUserThatPodsRunAs() throws IOException {
    String image = Files.readString(EXAMPLES.resolve("Dockerfile"));
    assertThat(image).contains("ARG USER_ID=185", "useradd --uid ${USER_ID}");
    for (String role : List.of("driver", "executor")) {
      assertThat(Files.readString(EXAMPLES.resolve(role + "-pod-template.yaml")))
          .contains("runAsUser: 185");
    }
  }

  @Test
  void dockerfileCopiesWhatTheProjectHas() throws IOException {
    assertThat(Files.readAllLines(EXAMPLES.resolve("Dockerfile")))
        .filteredOn(line -> line.startsWith("COPY scripts/"))
        .singleElement()
        .satisfies(
            line -> {
              for (String file : line.replaceAll("^COPY | [^ ]+$", "").split(" ", -1)) {
                assertThat(Path.of("..", file)).exists();
              }
            });
  }
}
