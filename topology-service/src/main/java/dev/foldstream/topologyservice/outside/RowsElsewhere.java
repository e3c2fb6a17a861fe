package dev.foldstream.topologyservice.outside;

import dev.foldstream.topology.build.ViewRows;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Rows of views lie in view stores, which this host does not reach. */
@Singleton
public final class RowsElsewhere implements ViewRows {

  @Override
  public Optional<GenericRecord> find(String view, String key) {
    throw new IllegalStateException(
        "wanted a row of the view %s; this host reads no view store. Mend: join with the events as a table"
            .formatted(view));
  }
}
