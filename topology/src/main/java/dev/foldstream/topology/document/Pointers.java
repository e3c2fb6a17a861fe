package dev.foldstream.topology.document;

/** JSON pointers, RFC 6901. */
public final class Pointers {

  private Pointers() {}

  public static String of(String... names) {
    var pointer = new StringBuilder();
    for (String name : names) {
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  static String child(String parent, String name) {
    return parent + of(name);
  }

  static String child(String parent, int index) {
    return parent + "/" + index;
  }
}
