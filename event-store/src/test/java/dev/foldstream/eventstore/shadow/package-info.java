@NullMarked
package dev.foldstream.eventstore.shadow;

import org.jspecify.annotations.NullMarked;
