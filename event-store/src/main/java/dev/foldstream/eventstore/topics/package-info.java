/** The topics of a domain: their names, their settings, and the check of both. */
@NullMarked
package dev.foldstream.eventstore.topics;

import org.jspecify.annotations.NullMarked;
