package dev.foldstream.benchmarks.restore;

import dev.foldstream.benchmarks.wallet.WalletCommand.Add;
import dev.foldstream.benchmarks.wallet.WalletDomain;
import dev.foldstream.eventstore.decision.DecisionWire;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.eventstore.wire.Sources;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.ConfluentSchemaRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends commands as fast as they are taken, each with a UUID as a caller would. */
final class Filling {

  private static final String TOPIC = TopicNames.commands(WalletDomain.NAME, WalletDomain.WALLET);

  private Filling() {}

  static void fill(String servers, String registry, int aggregates, int commands) {
    var codec =
        DecisionWire.of(
                new ConfluentSchemaRegistry(URI.create(registry)),
                SchemaFiles.of(new WalletDomain()))
            .codec();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ProducerConfig.LINGER_MS_CONFIG,
            5,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int command = 0; command < commands; command++) {
        for (int aggregate = 0; aggregate < aggregates; aggregate++) {
          String id = "wallet-" + aggregate;
          var headers = new RecordHeaders();
          CommandHeaders.of(UUID.randomUUID().toString(), null, Instant.now())
              .write(headers, Sources.of(WalletDomain.NAME, WalletDomain.WALLET, id));
          byte[] value = codec.encode(TOPIC, new Add(7, WalletDomain.NOTE));
          byte[] key = id.getBytes(StandardCharsets.UTF_8);
          var _ = producer.send(new ProducerRecord<>(TOPIC, null, null, key, value, headers));
        }
      }
    }
  }
}
