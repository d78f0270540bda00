package io.e5spark.deployment;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;

/**
 * An API server of Kubernetes on loopback. It stores the objects that it receives, and starts no
 * pods.
 */
final class ApiServer implements AutoCloseable {
  private final KubernetesMockServer server;

  private ApiServer(KubernetesMockServer server) {
    this.server = server;
  }

  static ApiServer start() {
    KubernetesMockServer server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Applying(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    return new ApiServer(server);
  }

  String address() {
    return "http://127.0.0.1:" + server.getPort();
  }

  KubernetesClient client() {
    return server.createClient();
  }

  @Override
  public void close() {
    server.destroy();
  }

  /** Handles server-side apply, which creates an object or replaces the existing object. */
  private static final class Applying extends Dispatcher {
    private final KubernetesCrudDispatcher kept = new KubernetesCrudDispatcher();
    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String type = String.valueOf(request.getHeader("Content-Type"));
      return type.startsWith("application/apply-patch") ? apply(request) : kept.dispatch(request);
    }

    private MockResponse apply(RecordedRequest request) {
      String path = request.getPath().replaceFirst("\\?.*", "");
      return kept.handleGet(path).code() == 200
          ? kept.handleUpdate(like(request, HttpMethod.PUT, path))
          : kept.handleCreate(like(request, HttpMethod.POST, path.replaceFirst("/[^/]*$", "")));
    }

    private RecordedRequest like(RecordedRequest request, HttpMethod method, String path) {
      Object wanted = serialization.unmarshal(request.getUtf8Body());
      return new RecordedRequest(
          request.getHttpVersion(),
          method,
          path,
          request.getHeaders(),
          new Buffer(serialization.asJson(wanted).getBytes(StandardCharsets.UTF_8)));
    }
  }
}
