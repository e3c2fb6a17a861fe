@NullMarked
package dev.foldstream.eventstore.decision;

import org.jspecify.annotations.NullMarked;
