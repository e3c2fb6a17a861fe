/** Given records, then records and nothing more: topologies in tests. */
@NullMarked
package dev.foldstream.topology.spec;

import org.jspecify.annotations.NullMarked;
