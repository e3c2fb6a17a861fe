/** The wire contract as beans. */
@NullMarked
package dev.foldstream.host.wire;

import org.jspecify.annotations.NullMarked;
