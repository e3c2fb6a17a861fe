@NullMarked
package dev.foldstream.eventstore.topics;

import org.jspecify.annotations.NullMarked;
