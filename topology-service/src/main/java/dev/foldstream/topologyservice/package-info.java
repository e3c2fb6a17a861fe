/** The host of stream topologies that are registered while it runs. */
@NullMarked
package dev.foldstream.topologyservice;

import org.jspecify.annotations.NullMarked;
