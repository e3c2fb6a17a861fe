package dev.foldstream.queryservice.filters;

import dev.foldstream.viewstore.ViewQuery.Condition;

/**
 * What a caller has begun to write.
 *
 * @param where what the rows meet whose values are suggested
 */
public record SuggestRequest(String text, Condition where, int limit) {}
