/** Views that registered topologies make, as the registry of topologies tells them. */
@NullMarked
package dev.foldstream.host.registered;

import org.jspecify.annotations.NullMarked;
