package dev.foldstream.viewstore.memory;

import dev.foldstream.viewstore.ViewOperationsConformance;
import dev.foldstream.viewstore.ViewStore;

class InMemoryViewStoreTest extends ViewOperationsConformance {
  private final InMemoryViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }
}
