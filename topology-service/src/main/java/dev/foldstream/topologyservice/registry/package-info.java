/** What shall run: every version ever registered, and the head of each topology, in one topic. */
@NullMarked
package dev.foldstream.topologyservice.registry;

import org.jspecify.annotations.NullMarked;
