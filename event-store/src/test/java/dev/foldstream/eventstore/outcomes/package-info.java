@NullMarked
package dev.foldstream.eventstore.outcomes;

import org.jspecify.annotations.NullMarked;
