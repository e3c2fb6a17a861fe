package dev.foldstream.queryservice.filters;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foldstream.host.json.JsonBytes;
import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.queryservice.filters.ColumnValues.NoValueException;
import dev.foldstream.queryservice.stores.ServedView;
import dev.foldstream.viewstore.ViewColumnType;
import dev.foldstream.viewstore.ViewQuery.All;
import dev.foldstream.viewstore.ViewQuery.Any;
import dev.foldstream.viewstore.ViewQuery.Boundary;
import dev.foldstream.viewstore.ViewQuery.Condition;
import dev.foldstream.viewstore.ViewQuery.Filter;
import dev.foldstream.viewstore.ViewQuery.Order;
import dev.foldstream.viewstore.rows.RowField;
import dev.foldstream.viewstore.rows.RowFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cursors: where the next page begins, as opaque text.
 *
 * <p>A cursor holds the order values and the key of the last row, and a short hash each of where it
 * was made (the view, its store, and whether as a page or as a search), of the condition and the
 * searched text, and of the order with its place of nulls. It is refused with any other of them. It
 * grants nothing: its values go to the store as parameters like those of filters. The text is
 * {@code c1.} and Base64 of a JSON array; these are the stored form.
 */
final class Cursors {

  static final String PARAMETER = "cursor";

  private static final String PREFIX = "c1.";
  private static final int HASH_BYTES = 6;

  /** Three hashes and the key. */
  private static final int FIXED_PARTS = 4;

  private static final JsonFactory JSON = new JsonFactory();

  private final RowFields fields;
  private final String ofView;
  private final String ofFilters;
  private final String ofOrder;
  private final List<Order> order;

  /** Cursors of pages. */
  Cursors(ServedView view, ViewStoreKind store, Condition where, List<Order> order) {
    this(view, store.name(), where, order);
  }

  /** Cursors of searches by a text. */
  static Cursors ofSearch(ServedView view, String text, Condition where, List<Order> order) {
    return new Cursors(view, "search " + text, where, order);
  }

  private Cursors(ServedView view, String made, Condition where, List<Order> order) {
    this.fields = RowFields.of(view.shape().type());
    this.order = order;
    this.ofView = hash(List.of(view.definition().path(), made.split(" ", 2)[0]));
    this.ofFilters = hash(List.of(made, text(where)));
    this.ofOrder =
        hash(
            order.stream()
                .map(o -> o.column() + " " + o.descending() + " " + o.nullsFirst())
                .toList());
  }

  String write(Boundary boundary) {
    byte[] json =
        JsonBytes.of(
            out -> {
              out.writeStartArray();
              out.writeString(ofView);
              out.writeString(ofFilters);
              out.writeString(ofOrder);
              out.writeString(boundary.key());
              for (Object value : boundary.values()) {
                out.writeString(value == null ? null : ColumnValues.write(value));
              }
              out.writeEndArray();
            });
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /** The boundary in this text, or null with a fault that says why there is none. */
  @Nullable Boundary read(String text, InvalidQuery invalid) {
    List<@Nullable String> parts = parts(text);
    if (parts == null || parts.size() < FIXED_PARTS) {
      return refused("is the text of 'next' in an answer, unchanged; this is none", invalid);
    }
    if (!ofView.equals(parts.get(0))) {
      return refused("goes on where it was made: this one is of another view or store", invalid);
    }
    if (!ofFilters.equals(parts.get(1))) {
      return refused("goes with the filters it was made with: this one has others", invalid);
    }
    if (!ofOrder.equals(parts.get(2)) || parts.size() != FIXED_PARTS + order.size()) {
      return refused("goes with the order it was made with: this one has another", invalid);
    }
    String key = parts.get(3);
    try {
      return key == null || !ColumnValues.storable(key)
          ? refused("is the text of 'next' in an answer, unchanged; this is none", invalid)
          : new Boundary(values(parts.subList(FIXED_PARTS, parts.size())), key);
    } catch (NoValueException changed) {
      return refused("is the text of 'next' in an answer, unchanged; this is none", invalid);
    }
  }

  private static @Nullable Boundary refused(String what, InvalidQuery invalid) {
    invalid.add(PARAMETER, "a cursor " + what);
    return null;
  }

  private List<@Nullable Object> values(List<@Nullable String> texts) throws NoValueException {
    var values = new ArrayList<@Nullable Object>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      RowField field = fields.single(order.get(i).column());
      values.add(text == null ? null : value(field, text));
    }
    return values;
  }

  /** A number that a filter may not name can still be the last of a page. */
  private static Object value(RowField field, String text) throws NoValueException {
    boolean notFinite = text.equals("NaN") || text.endsWith("Infinity");
    if (field.type() == ViewColumnType.DOUBLE && notFinite) {
      return switch (text) {
        case "NaN" -> Double.NaN;
        case "Infinity" -> Double.POSITIVE_INFINITY;
        default -> Double.NEGATIVE_INFINITY;
      };
    }
    if (field.type() == ViewColumnType.TEXT && ColumnValues.storable(text)) {
      return text;
    }
    return ColumnValues.read(field.type(), field.javaType(), text);
  }

  private static @Nullable List<@Nullable String> parts(String text) {
    if (text.length() > QueryBounds.MAX_CURSOR || !text.startsWith(PREFIX)) {
      return null;
    }
    try (JsonParser in =
        JSON.createParser(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())))) {
      var parts = new ArrayList<@Nullable String>();
      if (in.nextToken() != JsonToken.START_ARRAY) {
        return null;
      }
      while (in.nextToken() != JsonToken.END_ARRAY) {
        if (in.currentToken() != JsonToken.VALUE_STRING
            && in.currentToken() != JsonToken.VALUE_NULL) {
          return null;
        }
        parts.add(in.currentToken() == JsonToken.VALUE_NULL ? null : in.getText());
      }
      return in.nextToken() == null ? parts : null;
    } catch (IOException | IllegalArgumentException notWhatWeWrote) {
      return null;
    }
  }

  /** Says every part of it with its length, so that no two conditions have one text. */
  private static String text(Condition condition) {
    return switch (condition) {
      case All all -> "all" + all.of().stream().map(Cursors::text).sorted().toList();
      case Any any -> "any" + any.of().stream().map(Cursors::text).sorted().toList();
      case Filter filter -> {
        var text = new StringBuilder(filter.column());
        text.append(filter.not() ? " not " : " ").append(filter.operator());
        for (Object value : filter.values()) {
          String one = ColumnValues.write(value);
          text.append(' ').append(one.length()).append(':').append(one);
        }
        yield text.toString();
      }
    };
  }

  private static String hash(List<String> texts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String text : texts) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      byte[] first = java.util.Arrays.copyOf(digest.digest(), HASH_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(first);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
