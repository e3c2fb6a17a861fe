/** Numbers of what runs here, for those who watch the whole installation. */
@NullMarked
package dev.foldstream.topologyservice.metrics;

import org.jspecify.annotations.NullMarked;
