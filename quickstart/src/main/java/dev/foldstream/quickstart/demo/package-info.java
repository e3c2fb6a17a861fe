/** A small simulated shop that trades through the public HTTP interface. */
@NullMarked
package dev.foldstream.quickstart.demo;

import org.jspecify.annotations.NullMarked;
