package dev.foldstream.kernel;

/** Where a view can be kept. */
public enum ViewStoreKind {
  POSTGRESQL,
  ELASTICSEARCH
}
