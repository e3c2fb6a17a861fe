/** Topologies as they change, for whoever watches. */
@NullMarked
package dev.foldstream.topologyservice.watching;

import org.jspecify.annotations.NullMarked;
