package dev.foldstream.queryservice.explain;

import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.queryservice.streams.EventReading;
import dev.foldstream.viewstore.journal.JournalEntry;

/** An event that touches the row, as the projection sees it. */
record Candidate(EventReading.Read read, RecordedEvent<Object> event) {

  JournalEntry entry() {
    return read.entry();
  }

  String partition() {
    return entry().topic() + "/" + entry().partition();
  }
}
