package io.e5spark.deployment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringSerializer;

/** A Kafka broker without data, in a separate process. */
final class KafkaBroker implements AutoCloseable {
  private final Jvm process;
  private final String address;

  private KafkaBroker(Jvm process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts a broker.
   *
   * @param directory the directory for the broker's data and logs
   */
  static KafkaBroker start(Path directory) throws IOException, InterruptedException {
    String address = "127.0.0.1:" + freePort();
    String controller = "127.0.0.1:" + freePort();
    Path settings = directory.resolve("server.properties");
    Files.writeString(
        settings,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@%2$s
        listeners=PLAINTEXT://%1$s,CONTROLLER://%2$s
        controller.listener.names=CONTROLLER
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        """
            .formatted(address, controller, directory.resolve("data")));
    try (Jvm format =
        jvm(
            directory,
            "kafka.tools.StorageTool",
            "format",
            "-t",
            Uuid.randomUuid().toString(),
            "-c",
            settings.toString())) {
      if (format.exitCode() != 0) {
        throw new IllegalStateException("Cannot format: " + format.out() + format.err());
      }
    }
    return new KafkaBroker(jvm(directory, "kafka.Kafka", settings.toString()), address);
  }

  private static Jvm jvm(Path directory, String... arguments) throws IOException {
    return Jvm.start(
        directory, Map.of(), System.getProperty("java.class.path", ""), List.of(arguments));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Returns the broker's host and port. */
  String address() {
    return address;
  }

  /** Puts messages into a topic of one partition, which the first message creates. */
  void put(String topic, String... messages)
      throws InterruptedException, ExecutionException, TimeoutException {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", address);
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String message : messages) {
        producer.send(new ProducerRecord<>(topic, message)).get(1, TimeUnit.MINUTES);
      }
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
