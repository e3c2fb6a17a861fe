package dev.foldstream.queryservice.stores;

import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.journal.JournalReader;

/**
 * The journal as queries use it.
 *
 * @param store tells how far it came, and waits
 */
public record JournalAccess(ViewDefinition view, JournalReader entries, ViewAccess store) {}
