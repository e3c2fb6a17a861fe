package dev.foldstream.topologyservice.start;

import dev.foldstream.eventstore.streams.Cluster;
import dev.foldstream.host.settings.KafkaSettings;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.schemas.json.RecordJson;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import org.apache.kafka.common.KafkaException;

/** Joins the parts with the settings of the host. */
@Factory
final class TopologyServiceFactory {

  @Singleton
  @Bean(preDestroy = "close")
  Cluster cluster(KafkaSettings kafka) {
    try {
      return new Cluster(kafka.servers());
    } catch (KafkaException wrongAddress) {
      throw new StartRefusedException(
          "Wanted Kafka at %s; %s. Is the address right?"
              .formatted(kafka.servers(), wrongAddress.getMessage()),
          wrongAddress);
    }
  }

  @Singleton
  RecordJson recordJson() {
    return new RecordJson();
  }
}
