package dev.foldstream.viewstore.postgres;

import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * One column of a batch as an array in PostgreSQL's binary form, which neither side has to parse.
 */
final class BinaryArray extends PGobject implements PGBinaryObject {

  private static final long serialVersionUID = 1L;

  /** The arrays that the driver sends as text unless it is told that they may go as they are. */
  static final String SENT_BINARY =
      Stream.of(
              Oid.BOOL_ARRAY,
              Oid.NUMERIC_ARRAY,
              Oid.TIMESTAMPTZ_ARRAY,
              Oid.DATE_ARRAY,
              Oid.UUID_ARRAY,
              Oid.JSONB_ARRAY)
          .map(String::valueOf)
          .collect(Collectors.joining(","));

  private final transient CopyBinary content;

  private BinaryArray(ViewColumnType type, CopyBinary content) {
    setType("_" + name(type));
    this.content = content;
  }

  /**
   * @param value of the element at the same place; null becomes SQL's null
   * @throws ArithmeticException when a value is outside of what the type can hold
   */
  static <T> BinaryArray of(
      ViewColumnType type, List<T> elements, Function<T, @Nullable Object> value, RowJson json) {
    var content = new CopyBinary();
    content.array(type, elements, value, json);
    return new BinaryArray(type, content);
  }

  private static String name(ViewColumnType type) {
    return switch (type) {
      case TEXT, ENUM -> "text";
      case INTEGER -> "int4";
      case BIGINT -> "int8";
      case DECIMAL -> "numeric";
      case DOUBLE -> "float8";
      case BOOLEAN -> "bool";
      case TIMESTAMP -> "timestamptz";
      case DATE -> "date";
      case UUID -> "uuid";
      case JSON -> "jsonb";
      case ARRAY -> throw new IllegalArgumentException("arrays of arrays are not sent");
    };
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("it is only sent");
  }

  @Override
  public int lengthInBytes() {
    return content.size();
  }

  @Override
  public void toBytes(byte[] target, int offset) {
    System.arraycopy(content.bytes(), 0, target, offset, content.size());
  }

  @Override
  public String getValue() {
    throw new IllegalStateException(getType() + " is sent as it is; the driver wanted its text");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public Object clone() {
    throw new UnsupportedOperationException("it is sent once");
  }
}
