@NullMarked
package dev.foldstream.viewstore.postgres;

import org.jspecify.annotations.NullMarked;
