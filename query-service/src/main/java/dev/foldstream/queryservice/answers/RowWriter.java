package dev.foldstream.queryservice.answers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foldstream.queryservice.filters.Selection;
import dev.foldstream.schemas.json.RecordJson;
import java.io.IOException;

/** Writes rows, or what is selected of them, as JSON. */
public final class RowWriter {

  private static final RecordJson JSON = new RecordJson();

  private final Selection selection;

  public RowWriter(Selection selection) {
    this.selection = selection;
  }

  /** The row as an object. */
  public void write(Record row, JsonGenerator out) throws IOException {
    JSON.write(row, selection.into(out));
  }

  /** Where to write the members of a row and others beside them, so that the unwanted stay out. */
  public JsonGenerator selected(JsonGenerator out) {
    return selection.into(out);
  }

  /** The row's members into the object that is being written. */
  public void writeFields(Record row, JsonGenerator out) throws IOException {
    JSON.writeFields(row, out);
  }
}
