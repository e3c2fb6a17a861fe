/** What a topology of this installation can read and write. */
@NullMarked
package dev.foldstream.topologyservice.catalog;

import org.jspecify.annotations.NullMarked;
