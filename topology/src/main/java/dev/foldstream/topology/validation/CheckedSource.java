package dev.foldstream.topology.validation;

import dev.foldstream.topology.document.Source;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A source that was found.
 *
 * @param topic empty for a view
 * @param row of a view; empty for a topic
 */
public record CheckedSource(
    String id, Source source, Optional<String> topic, Optional<Schema> row, Flow flow) {}
