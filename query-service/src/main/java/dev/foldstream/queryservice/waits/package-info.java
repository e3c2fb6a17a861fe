/** Waiting until a view has come as far as a token. */
@NullMarked
package dev.foldstream.queryservice.waits;

import org.jspecify.annotations.NullMarked;
