@NullMarked
package dev.foldstream.eventstore.counter;

import org.jspecify.annotations.NullMarked;
