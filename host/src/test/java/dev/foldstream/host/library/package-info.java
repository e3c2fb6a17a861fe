/** A small domain for the tests of this module. */
@NullMarked
package dev.foldstream.host.library;

import org.jspecify.annotations.NullMarked;
