package dev.foldstream.eventstore.counter;

import dev.foldstream.kernel.Rejection;

public enum CounterRejection implements Rejection {
  TOO_MUCH
}
