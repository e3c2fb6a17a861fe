/** What an operator does with a topology: register, promote, roll back, pause, reset, delete. */
@NullMarked
package dev.foldstream.topologyservice.lifecycle;

import org.jspecify.annotations.NullMarked;
