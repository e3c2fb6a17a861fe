package dev.foldstream.topology.aggregation;

import dev.foldstream.topology.document.Calculation.Kind;
import dev.foldstream.topology.expressions.AvroValues;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** One of the values: the smallest, the largest, the first or the last by time. */
final class Choosing implements Accumulator {

  private final Kind kind;
  private final StoredValue stored;
  private final Schema schema;
  private @Nullable Object chosen;
  private long at;

  Choosing(Kind kind, Schema schema) {
    this.kind = kind;
    this.schema = schema;
    this.stored = new StoredValue(schema);
  }

  @Override
  public void add(Object value, long time) {
    if (chosen == null || better(value, time, chosen)) {
      chosen = value;
      at = time;
    }
  }

  private boolean better(Object value, long time, Object than) {
    return switch (kind) {
      case MIN -> compare(value, than) < 0;
      case MAX -> compare(value, than) > 0;
      case FIRST -> time < at;
      default -> time >= at;
    };
  }

  private int compare(Object one, Object other) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal
        ? AvroValues.decimal(schema, one).compareTo(AvroValues.decimal(schema, other))
        : GenericData.get().compare(one, other, schema);
  }

  @Override
  public void merge(Accumulator other) {
    var more = (Choosing) other;
    if (more.chosen != null) {
      add(more.chosen, more.at);
    }
  }

  @Override
  public @Nullable Object result() {
    return chosen;
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    out.writeBoolean(chosen != null);
    if (chosen != null) {
      out.writeLong(at);
      stored.write(chosen, out);
    }
  }

  @Override
  public void read(DataInputStream in) throws IOException {
    if (in.readBoolean()) {
      at = in.readLong();
      chosen = stored.read(in);
    }
  }
}
