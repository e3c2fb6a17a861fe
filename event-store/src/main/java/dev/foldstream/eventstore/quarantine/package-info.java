/** Commands that were set aside: what is known of them, and what a person does about them. */
@NullMarked
package dev.foldstream.eventstore.quarantine;

import org.jspecify.annotations.NullMarked;
