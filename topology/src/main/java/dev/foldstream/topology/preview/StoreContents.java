package dev.foldstream.topology.preview;

import dev.foldstream.topology.expressions.AvroJson;
import dev.foldstream.topology.preview.PreviewReport.StoreRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** What lies in stores, as it is shown. Stores that cannot be listed are left out. */
final class StoreContents {

  private final TopologyTestDriver driver;
  private final int most;

  StoreContents(TopologyTestDriver driver, int most) {
    this.driver = driver;
    this.most = most;
  }

  Map<String, List<StoreRow>> all() {
    var contents = new TreeMap<String, List<StoreRow>>();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              switch (store) {
                case KeyValueStore<?, ?> rows -> {
                  try (var all = rows.all()) {
                    contents.put(name, rows(all));
                  }
                }
                case WindowStore<?, ?> rows -> {
                  try (var all = rows.all()) {
                    contents.put(name, rows(all));
                  }
                }
                default -> {
                  // A session store tells its contents by key only.
                }
              }
            });
    return contents;
  }

  private List<StoreRow> rows(Iterator<? extends KeyValue<?, ?>> all) {
    var rows = new ArrayList<StoreRow>();
    while (all.hasNext() && rows.size() < most) {
      KeyValue<?, ?> row = all.next();
      rows.add(new StoreRow(key(row.key), value(row.value)));
    }
    return rows;
  }

  private static String key(@Nullable Object key) {
    return key instanceof Windowed<?> windowed
        ? windowed.key() + "@" + Instant.ofEpochMilli(windowed.window().start())
        : String.valueOf(key).replace('\u0000', ' ');
  }

  private static String value(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case ValueAndTimestamp<?> stamped -> value(stamped.value());
      case GenericRecord record -> AvroJson.write(record);
      case byte[] bytes -> bytes.length + " bytes";
      default -> value.toString();
    };
  }
}
