/** The domains found on the class path, with look-ups by the names callers use. */
@NullMarked
package dev.foldstream.host.domains;

import org.jspecify.annotations.NullMarked;
