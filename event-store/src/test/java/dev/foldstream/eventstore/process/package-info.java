@NullMarked
package dev.foldstream.eventstore.process;

import org.jspecify.annotations.NullMarked;
