package dev.foldstream.eventstore.decision;

import java.util.List;

/** Another state version of the same aggregate type is live; two would decide side by side. */
public final class OtherVersionRunsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OtherVersionRunsException(String wanted, List<String> running) {
    super(
        "wanted to decide as %s; found %s running, another state version of the same aggregate. Mend: stop every instance of it first"
            .formatted(wanted, running));
  }
}
