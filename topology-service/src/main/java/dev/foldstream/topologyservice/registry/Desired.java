package dev.foldstream.topologyservice.registry;

/** What an operator wants of a topology. These are the stored form. */
public enum Desired {
  RUNNING,
  PAUSED,
  DELETED
}
