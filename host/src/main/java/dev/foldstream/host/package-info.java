/** The start of a host: what every main method calls. */
@NullMarked
package dev.foldstream.host;

import org.jspecify.annotations.NullMarked;
