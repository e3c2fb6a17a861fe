/** Which rows of a view changed, told to those who follow it. */
@NullMarked
package dev.foldstream.viewstore.changes;

import org.jspecify.annotations.NullMarked;
