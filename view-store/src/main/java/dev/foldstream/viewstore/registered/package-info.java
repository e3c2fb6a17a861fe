/** Views that no domain declares: their rows come finished, from a topic. */
@NullMarked
package dev.foldstream.viewstore.registered;

import org.jspecify.annotations.NullMarked;
