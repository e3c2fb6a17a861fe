package dev.foldstream.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.registry.InMemorySchemaRegistry;
import dev.foldstream.schemas.registry.IncompatibleSchemaException;
import dev.foldstream.schemas.samples.LampDomain;
import dev.foldstream.schemas.samples.LampDomain.Burned;
import dev.foldstream.schemas.samples.LampDomain.LampCommand;
import dev.foldstream.schemas.samples.LampDomain.LampEvent;
import dev.foldstream.schemas.samples.LampDomain.SwitchOn;
import dev.foldstream.schemas.samples.LampDomain.SwitchedOff;
import dev.foldstream.schemas.samples.LampDomain.SwitchedOn;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireCodecTest {

  private static final String EVENTS = "light.desk-lamp.events";
  private static final String COMMANDS = "light.desk-lamp.commands";

  private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
  private final SchemaFiles files = SchemaFiles.of(new LampDomain());
  private final WireCodec codec = new WireCodec(registry, files);

  @BeforeEach
  void register() {
    codec.register(EVENTS, LampEvent.class);
    codec.register(COMMANDS, LampCommand.class);
  }

  @Test
  void a_value_is_zero_the_schema_id_and_Avro() {
    var value = codec.encode(EVENTS, new SwitchedOn(3, null));
    int id =
        registry
            .find(EVENTS + "-light.desk_lamp.SwitchedOn", files.schema(SwitchedOn.class))
            .orElseThrow();
    assertThat(value).containsExactly(0, 0, 0, 0, id, 6, 0);
    assertThat(codec.decode(value)).isEqualTo(new SwitchedOn(3, null));
  }

  @Test
  void the_compatibility_of_a_subject_is_that_of_its_kind() {
    assertThat(registry.compatibility(EVENTS + "-light.desk_lamp.SwitchedOff"))
        .isEqualTo("BACKWARD_TRANSITIVE");
    assertThat(registry.compatibility(COMMANDS + "-light.desk_lamp.SwitchOn"))
        .isEqualTo("BACKWARD");
  }

  @Test
  void an_incompatible_schema_stops_the_registration() {
    var subject = "other-light.desk_lamp.SwitchOn";
    registry.register(
        subject,
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"SwitchOn\",\"namespace\":\"light.desk_lamp\",\"fields\":[]}"));
    assertThatThrownBy(() -> codec.register("other", SwitchOn.class))
        .isInstanceOf(IncompatibleSchemaException.class)
        .hasMessageContaining("field brightness");
  }

  @Test
  void nothing_is_registered_by_writing() {
    assertThatThrownBy(() -> codec.encode("elsewhere", new SwitchedOff()))
        .isInstanceOf(UnregisteredSchemaException.class)
        .hasMessageContaining("elsewhere-light.desk_lamp.SwitchedOff");
    assertThat(registry.versions("elsewhere-light.desk_lamp.SwitchedOff")).isEmpty();
  }

  @Test
  void unreadable_bytes_are_refused_with_a_precise_reason() {
    int foreign = registry.register("x", Schema.create(Schema.Type.STRING));
    var value = codec.encode(EVENTS, new SwitchedOn(3, null));
    assertUnreadable(new byte[] {0, 0, 0}, "too short: wanted at least 5 bytes");
    assertUnreadable(new byte[] {1, 0, 0, 0, 1, 6}, "wrong magic byte: wanted 0x00, found 0x01");
    assertUnreadable(new byte[] {0, 0x7f, 0, 0, 1, 6}, "unknown schema id 2130706433");
    assertUnreadable(
        ByteBuffer.allocate(6).put((byte) 0).putInt(foreign).array(), "unknown type \"string\"");
    assertUnreadable(Arrays.copyOf(value, value.length - 1), "the bytes end before the record");
    assertUnreadable(Arrays.copyOf(value, value.length + 1), "1 bytes are left");
  }

  private void assertUnreadable(byte[] value, String reason) {
    assertThatThrownBy(() -> codec.decode(value))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void a_value_of_an_earlier_name_and_shape_is_read() {
    var earlier =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Lit", "namespace": "light.desk_lamp", "fields": [
                  {"name": "brightness", "type": "int"}]}
                """);
    int id = registry.register("earlier", earlier);
    var value = ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 6).array();
    assertThat(codec.decode(value)).isEqualTo(new SwitchedOn(3, null));
  }

  @Test
  void a_value_of_an_old_form_is_upcast_and_a_failing_upcaster_is_named() {
    var upcasting =
        new WireCodec(
            registry,
            SchemaFiles.of(
                new LampDomain(
                    Burned.class, burned -> new SwitchedOn(100 / burned.hours(), null))));
    int id =
        registry.register(
            EVENTS + "-light.desk_lamp.Burned",
            new Schema.Parser()
                .parse(
                    """
                    {"type": "record", "name": "Burned", "namespace": "light.desk_lamp", "fields": [
                      {"name": "hours", "type": "int"}]}
                    """));
    var value = ByteBuffer.allocate(6).put((byte) 0).putInt(id);
    assertThat(upcasting.decode(value.put((byte) 10).array())).isEqualTo(new SwitchedOn(20, null));
    assertThatThrownBy(() -> upcasting.decode(value.put(5, (byte) 0).array()))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("the upcaster of " + Burned.class.getName() + " failed")
        .hasMessageContaining("by zero");
    assertUnreadable(value.array(), "unknown type light.desk_lamp.Burned");
  }

  @Test
  void many_threads_share_one_codec() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var work =
          IntStream.range(0, 2_000)
              .mapToObj(
                  number ->
                      (java.util.concurrent.Callable<Boolean>)
                          () -> {
                            var event = new SwitchedOn(number, null);
                            return codec.decode(codec.encode(EVENTS, event)).equals(event);
                          })
              .toList();
      for (var done : threads.invokeAll(work)) {
        assertThat(done.get()).isTrue();
      }
    }
  }
}
