package dev.foldstream.eventstore.process;

import dev.foldstream.schemas.codec.RecordCodec;
import dev.foldstream.schemas.codec.RecordSchemas;
import dev.foldstream.schemas.files.SchemaKind;
import dev.foldstream.schemas.files.SchemaNames;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.registry.UnknownSchemaException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * States of processes as bytes: the id of the schema they were written with, then Avro. The schema
 * is that of the class and is registered, so that one that cannot read what is stored is refused
 * before anything is taken, and a state of an older shape is read by Avro's resolution.
 */
final class StateCodec<S> {

  private static final int PREFIX_BYTES = Integer.BYTES;

  private final SchemaRegistry registry;
  private final String subject;
  private final RecordCodec<S> codec;
  // One for each shape the state ever had: small by nature.
  private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
  private volatile int id = -1;

  StateCodec(SchemaRegistry registry, String domain, String process, Class<S> type, int version) {
    this.registry = registry;
    this.subject = "%s.%s.state-v%d".formatted(domain, process, version);
    this.codec =
        RecordCodec.of(
            type, RecordSchemas.schemaOf(type, SchemaNames.namespace(domain, process) + ".state"));
  }

  /**
   * Registers the shape of the state.
   *
   * @throws dev.foldstream.schemas.registry.IncompatibleSchemaException naming what an older state
   *     lacks
   */
  void register() {
    registry.compatibility(subject, SchemaKind.EVENT.compatibility());
    id = registry.register(subject, codec.schema());
  }

  byte[] encode(S state) {
    byte[] body = codec.encode(state);
    return ByteBuffer.allocate(PREFIX_BYTES + body.length).putInt(id()).put(body).array();
  }

  S decode(byte[] stored) {
    int written = ByteBuffer.wrap(stored).getInt();
    Schema writer = writers.computeIfAbsent(written, this::schema);
    return codec.decode(writer, Arrays.copyOfRange(stored, PREFIX_BYTES, stored.length), 0);
  }

  private Schema schema(int written) {
    try {
      return registry.schema(written);
    } catch (UnknownSchemaException gone) {
      throw new IllegalStateException(
          "the registry does not have schema %d, with which a state of %s was written. Mend: restore the registry"
              .formatted(written, subject),
          gone);
    }
  }

  private int id() {
    int known = id;
    if (known >= 0) {
      return known;
    }
    OptionalInt found = registry.find(subject, codec.schema());
    int asked =
        found.orElseThrow(
            () ->
                new IllegalStateException(
                    "the schema registry does not have %s; register it in a deployment step, or let the host do it at start"
                        .formatted(subject)));
    id = asked;
    return asked;
  }
}
