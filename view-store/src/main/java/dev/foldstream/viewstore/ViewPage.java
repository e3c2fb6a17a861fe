package dev.foldstream.viewstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a view.
 *
 * @param next where the next page begins, or null when this is the last one
 */
public record ViewPage(List<ViewRow> rows, ViewQuery.@Nullable Boundary next) {}
