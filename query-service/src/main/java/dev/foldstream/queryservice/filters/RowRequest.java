package dev.foldstream.queryservice.filters;

import dev.foldstream.kernel.ViewStoreKind;

/**
 * What a caller asks of one row.
 *
 * @param store the store that is to answer
 * @param selection what of the row is answered
 */
public record RowRequest(ViewStoreKind store, Selection selection) {}
