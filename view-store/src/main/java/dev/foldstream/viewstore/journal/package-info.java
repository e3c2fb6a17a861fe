/** The journal: a copy of every event, by aggregate, correlation and command. */
@NullMarked
package dev.foldstream.viewstore.journal;

import org.jspecify.annotations.NullMarked;
