/** What led to what: everything that one command caused. */
@NullMarked
package dev.foldstream.queryservice.causation;

import org.jspecify.annotations.NullMarked;
