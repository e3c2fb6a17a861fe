/** Events that a topology could not take: set aside, shown, and given to it again. */
@NullMarked
package dev.foldstream.topologyservice.quarantine;

import org.jspecify.annotations.NullMarked;
