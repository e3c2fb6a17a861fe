package dev.foldstream.queryservice.filters;

import dev.foldstream.kernel.ViewStoreKind;
import dev.foldstream.viewstore.ViewQuery;
import java.util.function.Function;

/**
 * What a caller asks of a view.
 *
 * @param store the store that is to answer
 * @param selection what of each row is answered
 * @param cursor makes the text of the next page's beginning
 */
public record PageRequest(
    ViewStoreKind store,
    ViewQuery query,
    Selection selection,
    Function<ViewQuery.Boundary, String> cursor) {}
