/** The address /topologies. */
@NullMarked
package dev.foldstream.topologyservice.topologies;

import org.jspecify.annotations.NullMarked;
