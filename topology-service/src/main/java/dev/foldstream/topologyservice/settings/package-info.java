/** What this host is told; checked at its start. */
@NullMarked
package dev.foldstream.topologyservice.settings;

import org.jspecify.annotations.NullMarked;
