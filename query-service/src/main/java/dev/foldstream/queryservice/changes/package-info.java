/** Changes of views as server-sent events. */
@NullMarked
package dev.foldstream.queryservice.changes;

import org.jspecify.annotations.NullMarked;
