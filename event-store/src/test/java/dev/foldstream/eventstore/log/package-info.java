@NullMarked
package dev.foldstream.eventstore.log;

import org.jspecify.annotations.NullMarked;
