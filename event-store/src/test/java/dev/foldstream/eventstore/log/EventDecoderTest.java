package dev.foldstream.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.foldstream.eventstore.counter.CounterDomain;
import dev.foldstream.eventstore.counter.CounterEvent;
import dev.foldstream.eventstore.counter.CounterEvent.Incremented;
import dev.foldstream.eventstore.counter.CounterEvent.Padded;
import dev.foldstream.eventstore.topics.TopicNames;
import dev.foldstream.eventstore.wire.EventHeaders;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.files.SchemaNames;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.schemas.wire.WireCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What states, views and processes alike read the log with. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EventDecoderTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** How an increment was stored once. */
  public record Raised(long by) {}

  private record Today(CounterDomain before) implements Domain {
    @Override
    public String name() {
      return before.name();
    }

    @Override
    public List<Feature> features() {
      return List.of(before.counter().upcast(Raised.class, old -> new Incremented(old.by(), 0)));
    }
  }

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final CounterDomain counters = CounterDomain.fresh();
  private final String topic = TopicNames.events(counters.name(), CounterDomain.COUNTER);

  @Test
  void an_old_form_is_todays_event_with_its_version_and_place() throws Exception {
    lay(Raised.class);
    var today = new Today(counters);
    var codec = new WireCodec(registry, SchemaFiles.of(today));
    codec.register(topic, Raised.class);
    var decoder = new EventDecoder(List.of(today), codec);

    RecordedEvent<Object> decoded = decoder.decode(record(codec.encode(topic, new Raised(7))));

    assertThat(decoded.event()).isEqualTo(new Incremented(7, 0));
    assertThat(decoded.version()).isEqualTo(3);
    assertThat(decoded.place().sequence()).isEqualTo(5);
    assertThat(decoded.stream().toString()).isEqualTo(counters.name() + ".counter/c-1");
  }

  @Test
  void an_old_form_nobody_upcasts_is_unreadable_and_named() throws Exception {
    lay(Raised.class);
    var past = new WireCodec(registry, SchemaFiles.of(new Today(counters)));
    past.register(topic, Raised.class);
    var codec = new WireCodec(registry, SchemaFiles.of(counters));
    var decoder = new EventDecoder(List.of(counters), codec);
    assertThatExceptionOfType(UnreadableEventException.class)
        .isThrownBy(() -> decoder.decode(record(past.encode(topic, new Raised(7)))))
        .withMessageContaining("unknown type")
        .withMessageContaining("Raised");
  }

  @Test
  void an_event_of_today_is_itself() throws Exception {
    var codec = new WireCodec(registry, SchemaFiles.of(counters));
    codec.register(topic, CounterEvent.class);
    var decoder = new EventDecoder(List.of(counters), codec);
    assertThat(decoder.decode(record(codec.encode(topic, new Padded("text")))).event())
        .isEqualTo(new Padded("text"));
  }

  private ConsumerRecord<byte[], byte[]> record(byte[] value) {
    byte[] key = "c-1".getBytes(StandardCharsets.UTF_8);
    var record = new ConsumerRecord<>(topic, 0, 9, key, value);
    var metadata = new Metadata("m-1", "m-1", null, Metadata.ANONYMOUS);
    new EventHeaders("m-1:1", "type", NOON, 5, 3, metadata, 0, null)
        .write(record.headers(), "/spec");
    return record;
  }

  private void lay(Class<? extends Record> old) throws IOException {
    var namespace = SchemaNames.namespace(counters.name(), CounterDomain.COUNTER);
    var folder = SchemaNames.folder(counters.name(), CounterDomain.COUNTER);
    var file = Path.of("target", "test-classes").resolve(SchemaNames.path(folder, old));
    Files.writeString(file, RecordSchemas.schemaOf(old, namespace).toString());
  }
}
