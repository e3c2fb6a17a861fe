package dev.foldstream.schemas.files;

import java.util.Locale;
import org.apache.avro.Schema;

/** What a schema file describes, and with which earlier versions it must stay compatible. */
public enum SchemaKind {
  /** Kept for a while: read with the version before. */
  COMMAND("BACKWARD"),
  /** Kept for ever: read with every version there was. */
  EVENT("BACKWARD_TRANSITIVE"),
  /** Anything else on a topic; as strict as an event. */
  MESSAGE("BACKWARD_TRANSITIVE");

  /** The property of a record's schema that says its kind; absent it is an event. */
  public static final String PROPERTY = "kind";

  private final String compatibility;

  SchemaKind(String compatibility) {
    this.compatibility = compatibility;
  }

  /** The registry's name for it. */
  public String compatibility() {
    return compatibility;
  }

  /** The form in a schema file. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the schema says of itself. */
  public static SchemaKind of(Schema schema) {
    var text = schema.getProp(PROPERTY);
    for (var kind : values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    return EVENT;
  }
}
