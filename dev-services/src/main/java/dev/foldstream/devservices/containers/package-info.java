/** The servers as containers, for machines with Docker. */
@NullMarked
package dev.foldstream.devservices.containers;

import org.jspecify.annotations.NullMarked;
