/** What a topology may read and write: a port. */
@NullMarked
package dev.foldstream.topology.catalog;

import org.jspecify.annotations.NullMarked;
