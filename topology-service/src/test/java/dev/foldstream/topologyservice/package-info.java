@NullMarked
package dev.foldstream.topologyservice;

import org.jspecify.annotations.NullMarked;
