/** What all events of the domain have in common. */
@NullMarked
package dev.foldstream.commerce.events;

import org.jspecify.annotations.NullMarked;
