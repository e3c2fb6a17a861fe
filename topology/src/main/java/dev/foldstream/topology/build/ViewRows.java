package dev.foldstream.topology.build;

import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/**
 * Looks up rows of views for {@code enrich}. Called by stream threads; it throws when it cannot
 * answer, and then the record that asked is set aside.
 */
public interface ViewRows {

  Optional<GenericRecord> find(String view, String key);
}
