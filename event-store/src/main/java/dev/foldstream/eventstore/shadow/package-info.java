/** Shadow decisions: what another decider would have decided on recorded commands. */
@NullMarked
package dev.foldstream.eventstore.shadow;

import org.jspecify.annotations.NullMarked;
