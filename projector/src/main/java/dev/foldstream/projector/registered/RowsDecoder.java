package dev.foldstream.projector.registered;

import dev.foldstream.eventstore.log.RecordDecoder;
import dev.foldstream.eventstore.log.UnreadableEventException;
import dev.foldstream.eventstore.wire.HeaderNames;
import dev.foldstream.eventstore.wire.HeaderText;
import dev.foldstream.kernel.Metadata;
import dev.foldstream.kernel.Place;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.StreamName;
import dev.foldstream.schemas.registry.SchemaRegistry;
import dev.foldstream.schemas.registry.UnknownSchemaException;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.registered.RowsView;
import dev.foldstream.viewstore.registered.WrittenRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of the records of a topic of rows. The topic is compacted and written by several
 * tasks, so nobody numbers its records: the sequence of one is its offset and one. What lies
 * between two of them, markers and what was compacted away, counts as filtered.
 */
public final class RowsDecoder implements RecordDecoder {

  private static final int PREFIX_BYTES = 5;

  /** Schema ids that are kept ready; beyond it each value is looked up anew. */
  private static final int MAX_READERS = 100;

  private final RowsView view;
  private final SchemaRegistry registry;
  private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

  public RowsDecoder(RowsView view, SchemaRegistry registry) {
    this.view = view;
    this.registry = registry;
  }

  @Override
  public long sequence(ConsumerRecord<byte[], byte[]> record) {
    return record.offset() + 1;
  }

  @Override
  public boolean dense() {
    return false;
  }

  @Override
  public RecordedEvent<Object> decode(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableEventException {
    String key = record.key() == null ? null : HeaderText.textOrNull(record.key());
    if (key == null) {
      throw new UnreadableEventException(record, "wanted the key of a row; found none");
    }
    ViewDefinition definition = view.definition();
    String id = text(record, HeaderNames.ID);
    String told =
        id == null ? record.topic() + "-" + record.partition() + "-" + record.offset() : id;
    String correlation = text(record, HeaderNames.CORRELATION_ID);
    return new RecordedEvent<>(
        new StreamName(definition.domain(), definition.name(), key),
        sequence(record),
        new Place(record.topic(), record.partition(), sequence(record), record.offset()),
        told,
        Instant.ofEpochMilli(record.timestamp()),
        new Metadata(
            told,
            correlation == null ? told : correlation,
            text(record, HeaderNames.CAUSATION_ID),
            Metadata.ANONYMOUS),
        new WrittenRow(key, row(record)));
  }

  private static @Nullable String text(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : HeaderText.textOrNull(header.value());
  }

  private @Nullable Record row(ConsumerRecord<byte[], byte[]> record)
      throws UnreadableEventException {
    byte[] value = record.value();
    if (value == null) {
      return null;
    }
    if (value.length < PREFIX_BYTES || value[0] != 0) {
      throw new UnreadableEventException(record, "wanted 0x00 and a schema id before the row");
    }
    try {
      var decoder =
          DecoderFactory.get()
              .binaryDecoder(value, PREFIX_BYTES, value.length - PREFIX_BYTES, null);
      return view.rows().row(reader(ByteBuffer.wrap(value).getInt(1)).read(null, decoder));
    } catch (UnknownSchemaException
        | IOException
        | AvroRuntimeException
        | IllegalArgumentException
        | ArithmeticException fault) {
      throw new UnreadableEventException(record, String.valueOf(fault.getMessage()), fault);
    }
  }

  private GenericDatumReader<GenericRecord> reader(int id) throws UnknownSchemaException {
    GenericDatumReader<GenericRecord> known = readers.get(id);
    if (known != null) {
      return known;
    }
    Schema written = registry.schema(id);
    var reader = new GenericDatumReader<GenericRecord>(written);
    if (readers.size() < MAX_READERS) {
      readers.put(id, reader);
    }
    return reader;
  }
}
