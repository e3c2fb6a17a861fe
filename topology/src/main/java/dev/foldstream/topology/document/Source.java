package dev.foldstream.topology.document;

import java.util.List;

/** Where records come from. */
public sealed interface Source {

  /** How the records of a topic are taken. */
  enum Form {
    /** Each record is something that happened. */
    STREAM,
    /** The last record of a key is what holds for it. */
    TABLE
  }

  /**
   * Events of an aggregate.
   *
   * @param aggregate {@code <domain>.<aggregate>}
   * @param types names of events, simple or full; empty for all
   */
  record Events(String aggregate, List<String> types, Form form) implements Source {}

  /**
   * Records of any topic with registered Avro.
   *
   * @param types names of records, simple or full; empty for all
   */
  record Topic(String topic, List<String> types, Form form) implements Source {}

  /** Rows of a view, asked for by key; only {@code enrich} reads it. */
  record View(String view) implements Source {}
}
