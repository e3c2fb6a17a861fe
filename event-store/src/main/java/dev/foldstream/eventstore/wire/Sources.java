package dev.foldstream.eventstore.wire;

import dev.foldstream.kernel.StreamName;

/** The CloudEvents source of an aggregate's records. */
public final class Sources {

  private Sources() {}

  public static String of(StreamName stream) {
    return of(stream.domain(), stream.category(), stream.id());
  }

  public static String of(String domain, String aggregate, String id) {
    return "/foldstream/" + domain + "/" + aggregate + "/" + id;
  }
}
