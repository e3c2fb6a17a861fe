package dev.foldstream.topology.catalog;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What is there to be read and written.
 *
 * <ol>
 *   <li>Answers are those of one moment; asking changes nothing.
 *   <li>When it cannot be asked it throws; that says nothing about a document.
 *   <li>The lists serve hints and may be incomplete.
 * </ol>
 */
public interface Catalog {

  /**
   * The events topic of an aggregate.
   *
   * @param name {@code <domain>.<aggregate>}
   */
  Optional<TopicSchemas> aggregate(String name);

  /** A topic that exists, with the records that are registered for it. */
  Optional<TopicSchemas> topic(String topic);

  /** The schema of the rows of a view. */
  Optional<Schema> view(String view);

  /**
   * Who makes a view of this name already, in words: a domain or a topology. Empty when nobody
   * does, or this topology alone.
   */
  Optional<String> maker(String view, String topology);

  /** Why a schema would be refused under this subject; empty when it would not. */
  Optional<String> incompatibility(String subject, Schema schema);

  List<String> aggregates();

  List<String> topics();

  List<String> views();
}
