@NullMarked
package dev.foldstream.eventstore.quarantine;

import org.jspecify.annotations.NullMarked;
