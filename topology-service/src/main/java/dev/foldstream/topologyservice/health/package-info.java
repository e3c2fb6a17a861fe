/** Whether what shall run here does. */
@NullMarked
package dev.foldstream.topologyservice.health;

import org.jspecify.annotations.NullMarked;
