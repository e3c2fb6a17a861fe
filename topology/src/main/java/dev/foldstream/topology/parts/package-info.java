/** Topologies that are written in Java, in a domain's jar. */
@NullMarked
package dev.foldstream.topology.parts;

import org.jspecify.annotations.NullMarked;
