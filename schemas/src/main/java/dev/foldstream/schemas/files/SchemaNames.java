package dev.foldstream.schemas.files;

/** Where schema files lie and what their schemas are called. These are stored forms. */
public final class SchemaNames {

  /** The folder on the class path that holds a folder for each domain. */
  public static final String ROOT = "META-INF/schemas";

  private SchemaNames() {}

  /** The Avro namespace of an aggregate or process; Avro has no dashes. */
  public static String namespace(String domain, String aggregate) {
    return (domain + "." + aggregate).replace('-', '_');
  }

  /** The folder of an aggregate's or process's files, below the root. */
  public static String folder(String domain, String aggregate) {
    return domain + "/" + aggregate;
  }

  /** The file of a record in a folder, as a path on the class path. */
  public static String path(String folder, Class<?> record) {
    return ROOT + "/" + folder + "/" + record.getSimpleName() + ".avsc";
  }
}
