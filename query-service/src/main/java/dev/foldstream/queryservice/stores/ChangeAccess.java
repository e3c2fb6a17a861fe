package dev.foldstream.queryservice.stores;

import dev.foldstream.viewstore.changes.ChangeFeed;
import dev.foldstream.viewstore.changes.ChangeReader;

/**
 * The changes of views in PostgreSQL as queries use them.
 *
 * @param feed tells all followers
 * @param reader answers one
 */
public record ChangeAccess(ChangeFeed feed, ChangeReader reader) {}
