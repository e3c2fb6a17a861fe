@NullMarked
package dev.foldstream.eventstore.streams;

import org.jspecify.annotations.NullMarked;
