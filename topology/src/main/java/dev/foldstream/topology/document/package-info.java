/** The document of a topology: its records, its JSON Schema, its reader. */
@NullMarked
package dev.foldstream.topology.document;

import org.jspecify.annotations.NullMarked;
