package dev.foldstream.queryservice.filters;

import dev.foldstream.viewstore.SearchReader.After;
import dev.foldstream.viewstore.SearchReader.SearchQuery;
import java.util.function.Function;

/**
 * What a caller looks for.
 *
 * @param selection what of each row is answered
 * @param cursor makes the text of where the next hits begin
 */
public record SearchRequest(
    SearchQuery query, Selection selection, Function<After, String> cursor) {}
