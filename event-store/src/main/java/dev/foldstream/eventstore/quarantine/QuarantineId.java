package dev.foldstream.eventstore.quarantine;

/** {@code <domain>.<aggregate>:<partition>:<offset>} of the command record first set aside. */
public final class QuarantineId {

  private QuarantineId() {}

  public static String of(String domain, String aggregate, int partition, long offset) {
    return "%s.%s:%d:%d".formatted(domain, aggregate, partition, offset);
  }
}
