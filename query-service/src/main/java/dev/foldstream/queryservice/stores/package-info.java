/** The views that are served and the stores behind them. */
@NullMarked
package dev.foldstream.queryservice.stores;

import org.jspecify.annotations.NullMarked;
