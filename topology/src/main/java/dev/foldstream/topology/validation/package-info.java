/** What is wrong with a document beyond its shape: names, cycles, types. */
@NullMarked
package dev.foldstream.topology.validation;

import org.jspecify.annotations.NullMarked;
