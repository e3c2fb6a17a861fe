package dev.foldstream.viewstore;

/**
 * What waits behind a poison event, within the partition of that event.
 *
 * @param key the key of a row, or the id of an aggregate
 */
public record Hold(Scope scope, String key) {

  /** Whether it is known which rows the poison event concerns. */
  public enum Scope {
    /** The row with this key. */
    ROW,
    /** Every row, for events of the aggregate with this id: the keys could not be told. */
    AGGREGATE
  }

  public static Hold row(String key) {
    return new Hold(Scope.ROW, key);
  }

  public static Hold aggregate(String id) {
    return new Hold(Scope.AGGREGATE, id);
  }
}
