/** What can be asked: domains, aggregates, commands, events and views with their schemas. */
@NullMarked
package dev.foldstream.commandservice.catalog;

import org.jspecify.annotations.NullMarked;
