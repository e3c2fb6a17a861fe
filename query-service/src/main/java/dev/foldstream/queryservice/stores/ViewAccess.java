package dev.foldstream.queryservice.stores;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.PositionWatch;
import dev.foldstream.viewstore.ViewReader;

/** One store as queries use it. */
public record ViewAccess(ViewStoreKind kind, ViewReader reader, PositionWatch watch) {}
