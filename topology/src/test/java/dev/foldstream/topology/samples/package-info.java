/** What tests of this module share. */
@NullMarked
package dev.foldstream.topology.samples;

import org.jspecify.annotations.NullMarked;
