/** Headers that all hosts read alike: tokens and preferences. */
@NullMarked
package dev.foldstream.host.requests;

import org.jspecify.annotations.NullMarked;
