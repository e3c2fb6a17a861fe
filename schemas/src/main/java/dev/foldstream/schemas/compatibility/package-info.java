/** What a change of a schema does to what is stored, and the gate that refuses the wrong ones. */
@NullMarked
package dev.foldstream.schemas.compatibility;

import org.jspecify.annotations.NullMarked;
