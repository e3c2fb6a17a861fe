/** Quarantined commands over HTTP: to be looked at, tried again, or discarded. */
@NullMarked
package dev.foldstream.commandservice.quarantine;

import org.jspecify.annotations.NullMarked;
