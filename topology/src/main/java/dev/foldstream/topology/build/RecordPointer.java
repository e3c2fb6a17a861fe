package dev.foldstream.topology.build;

/** Where a record lies. */
public record RecordPointer(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + ":" + partition + ":" + offset;
  }

  public static RecordPointer parse(String text) {
    int second = text.lastIndexOf(':');
    int first = text.lastIndexOf(':', second - 1);
    if (first < 1) {
      throw new IllegalArgumentException(
          "a place of a record is <topic>:<partition>:<offset>; found " + text);
    }
    return new RecordPointer(
        text.substring(0, first),
        Integer.parseInt(text.substring(first + 1, second)),
        Long.parseLong(text.substring(second + 1)));
  }
}
