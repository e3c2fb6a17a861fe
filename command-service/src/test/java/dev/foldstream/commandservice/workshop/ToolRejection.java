package dev.foldstream.commandservice.workshop;

import dev.foldstream.kernel.Rejection;

public enum ToolRejection implements Rejection {
  TOO_OFTEN
}
