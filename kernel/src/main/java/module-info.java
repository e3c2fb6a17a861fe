/**
 * What a domain is written against: pure functions and values, nothing of Kafka, HTTP or a
 * database.
 */
module dev.foldstream.kernel {
  requires static transitive org.jspecify;

  exports dev.foldstream.kernel;
}
