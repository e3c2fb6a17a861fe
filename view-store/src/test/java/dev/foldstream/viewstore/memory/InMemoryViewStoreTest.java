package dev.foldstream.viewstore.memory;

import dev.foldstream.viewstore.ViewStore;
import dev.foldstream.viewstore.ViewStoreConformance;

class InMemoryViewStoreTest extends ViewStoreConformance {
  private final InMemoryViewStore store = new InMemoryViewStore();

  @Override
  protected ViewStore store() {
    return store;
  }
}
