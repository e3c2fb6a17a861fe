package dev.foldstream.host.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Where Kafka is.
 *
 * @param servers {@code host:port}, joined by commas
 */
@Context
@ConfigurationProperties("kafka.bootstrap")
public record KafkaSettings(@Bindable(defaultValue = "127.0.0.1:9092") String servers) {
  public KafkaSettings {
    Check.notBlank("kafka.bootstrap.servers", servers);
  }
}
