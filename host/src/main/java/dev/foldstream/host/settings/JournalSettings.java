package dev.foldstream.host.settings;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * The copy of all events in PostgreSQL that streams are read from.
 *
 * @param enabled whether the projector keeps it, and the query-service reads it
 */
@Context
@ConfigurationProperties("foldstream.journal")
public record JournalSettings(@Bindable(defaultValue = "true") boolean enabled) {}
