@NullMarked
package dev.foldstream.eventstore.wire;

import org.jspecify.annotations.NullMarked;
