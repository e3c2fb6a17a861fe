/** The process that brings a placed order to its confirmation and dispatch, or undoes it. */
@NullMarked
package dev.foldstream.commerce.fulfilment;

import org.jspecify.annotations.NullMarked;
