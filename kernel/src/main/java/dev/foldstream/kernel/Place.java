package dev.foldstream.kernel;

/**
 * Where an event stands in its log.
 *
 * @param topic the events topic
 * @param partition the partition of that topic
 * @param sequence dense from 1 in the partition: what tokens and ledgers compare
 * @param offset where a reader seeks; has holes and is never compared
 */
public record Place(String topic, int partition, long sequence, long offset) {}
