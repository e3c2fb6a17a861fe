/** Errors over HTTP as problem details (RFC 9457). */
@NullMarked
package dev.foldstream.host.problem;

import org.jspecify.annotations.NullMarked;
