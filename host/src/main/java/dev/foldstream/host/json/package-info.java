/** JSON answers that are written by hand, without reflection. */
@NullMarked
package dev.foldstream.host.json;

import org.jspecify.annotations.NullMarked;
