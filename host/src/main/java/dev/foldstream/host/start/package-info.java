/** What may end a start, and the defaults it begins with. */
@NullMarked
package dev.foldstream.host.start;

import org.jspecify.annotations.NullMarked;
