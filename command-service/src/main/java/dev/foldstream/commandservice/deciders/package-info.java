/** The deciders of this instance: what they decide on and how far they are. */
@NullMarked
package dev.foldstream.commandservice.deciders;

import org.jspecify.annotations.NullMarked;
