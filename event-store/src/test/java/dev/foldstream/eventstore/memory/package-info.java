@NullMarked
package dev.foldstream.eventstore.memory;

import org.jspecify.annotations.NullMarked;
