/** What is answered about topologies, as records that become JSON. */
@NullMarked
package dev.foldstream.topologyservice.answers;

import org.jspecify.annotations.NullMarked;
