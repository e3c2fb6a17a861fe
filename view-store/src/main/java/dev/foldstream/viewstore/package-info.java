/** Read models: what a view is, where it is kept, how far it came, and how it is read. */
@NullMarked
package dev.foldstream.viewstore;

import org.jspecify.annotations.NullMarked;
