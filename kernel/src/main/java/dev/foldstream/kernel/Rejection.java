package dev.foldstream.kernel;

/**
 * A business refusal: one enum for each feature. Its name is what the caller sees, so it is never
 * renamed.
 */
public interface Rejection {
  String name();
}
