@NullMarked
package dev.foldstream.topologyservice.outside;

import org.jspecify.annotations.NullMarked;
