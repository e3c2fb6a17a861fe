/** Why a row is as it is: the events that made it. */
@NullMarked
package dev.foldstream.queryservice.explain;

import org.jspecify.annotations.NullMarked;
