package dev.foldstream.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.devservices.DevServices;
import dev.foldstream.schemas.files.SchemaFiles;
import dev.foldstream.schemas.samples.LampDomain;
import dev.foldstream.schemas.samples.LampDomain.LampEvent;
import dev.foldstream.schemas.samples.LampDomain.SwitchedOn;
import dev.foldstream.schemas.wire.WireCodec;
import java.math.BigDecimal;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** Against a real registry. */
class ConfluentSchemaRegistryTest implements SchemaRegistryContract {

  private static final URI ADDRESS = URI.create(DevServices.shared().registry().url());

  private final SchemaRegistry registry = new ConfluentSchemaRegistry(ADDRESS);

  @Override
  public SchemaRegistry registry() {
    return registry;
  }

  @Test
  void a_value_written_by_one_host_is_read_by_another() {
    var files = SchemaFiles.of(new LampDomain());
    var event = new SwitchedOn(3, new BigDecimal("1.5000"));
    var one = new WireCodec(registry, files);
    one.register("light.desk-lamp.events", LampEvent.class);
    var value = one.encode("light.desk-lamp.events", event);

    var other = new WireCodec(new ConfluentSchemaRegistry(ADDRESS), files);
    assertThat(other.decode(value)).isEqualTo(event);
    assertThat(other.encode("light.desk-lamp.events", event)).isEqualTo(value);
  }
}
