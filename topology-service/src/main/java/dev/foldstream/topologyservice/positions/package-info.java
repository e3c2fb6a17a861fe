/** How far applications have read, and how far there is to read. */
@NullMarked
package dev.foldstream.topologyservice.positions;

import org.jspecify.annotations.NullMarked;
