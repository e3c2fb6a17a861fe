package dev.foldstream.commandservice.commands;

import dev.foldstream.eventstore.wire.CommandHeaders;
import dev.foldstream.kernel.StreamName;

/** A command that is known, valid and ready to be sent. */
record CommandRequest(StreamName stream, Record command, CommandHeaders headers) {

  String commandId() {
    return headers.commandId();
  }
}
