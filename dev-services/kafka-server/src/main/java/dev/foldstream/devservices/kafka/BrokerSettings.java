package dev.foldstream.devservices.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** What the broker is told, by purpose. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private static final Map<String, String> ONE_NODE =
      Map.ofEntries(
          Map.entry("process.roles", "broker,controller"),
          Map.entry("node.id", Integer.toString(NODE_ID)),
          Map.entry("controller.listener.names", CONTROLLER),
          Map.entry("inter.broker.listener.name", "PLAINTEXT"),
          Map.entry(
              "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT"),
          Map.entry("offsets.topic.replication.factor", "1"),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", "1"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("share.coordinator.state.topic.replication.factor", "1"),
          Map.entry("share.coordinator.state.topic.min.isr", "1"),
          Map.entry("share.coordinator.state.topic.num.partitions", "2"),
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"));

  /** A killed broker must come back within seconds: its old registration has to expire first. */
  private static final Map<String, String> FAST_RESTART =
      Map.of(
          "broker.session.timeout.ms", "2000",
          "broker.heartbeat.interval.ms", "200",
          "controller.quorum.election.timeout.ms", "200");

  /** Floors low enough for sessions of 3 s, whose end bounds the silence after a killed client. */
  private static final Map<String, String> FAST_GROUPS =
      Map.ofEntries(
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
          Map.entry("group.streams.heartbeat.interval.ms", "1000"),
          Map.entry("group.streams.min.assignment.interval.ms", "0"),
          Map.entry("group.streams.assignment.interval.ms", "0"),
          Map.entry("group.consumer.min.session.timeout.ms", "1000"),
          Map.entry("group.consumer.min.heartbeat.interval.ms", "200"),
          Map.entry("group.consumer.heartbeat.interval.ms", "1000"));

  private static final Map<String, String> FAST_TRANSACTIONS =
      Map.of(
          "add.partitions.to.txn.retry.backoff.ms", "1",
          "add.partitions.to.txn.retry.backoff.max.ms", "5",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");

  private BrokerSettings() {}

  static Properties of(Path directory, int port, int controllerPort) {
    var settings = new Properties();
    settings.putAll(ONE_NODE);
    settings.putAll(FAST_RESTART);
    settings.putAll(FAST_GROUPS);
    settings.putAll(FAST_TRANSACTIONS);
    String broker = "PLAINTEXT://127.0.0.1:" + port;
    String controller = "127.0.0.1:" + controllerPort;
    settings.put("log.dirs", directory.toString());
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
    settings.put("listeners", broker + "," + CONTROLLER + "://" + controller);
    settings.put("advertised.listeners", broker);
    return settings;
  }
}
