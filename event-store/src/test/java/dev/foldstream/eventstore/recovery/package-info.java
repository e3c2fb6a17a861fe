@NullMarked
package dev.foldstream.eventstore.recovery;

import org.jspecify.annotations.NullMarked;
