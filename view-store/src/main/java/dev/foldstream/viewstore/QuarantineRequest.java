package dev.foldstream.viewstore;

import java.time.Instant;

/** What somebody asks to be done with an entry of the quarantine. */
public record QuarantineRequest(Action action, String principal, String reason, Instant at) {

  /** The two ways out. These names are the stored form. */
  public enum Action {
    RETRY,
    DISCARD
  }
}
