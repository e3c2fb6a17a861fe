package dev.foldstream.viewstore.rebuild;

/** A store that can build a version of a view beside the live one. */
public interface RebuildableStore {

  /** Belongs to the store and is closed with it. */
  ViewRebuilds rebuilds();
}
