package dev.foldstream.viewstore.registered;

import org.jspecify.annotations.Nullable;

/**
 * A row as somebody else made it.
 *
 * @param row null when it is to be removed
 */
public record WrittenRow(String key, @Nullable Record row) {}
