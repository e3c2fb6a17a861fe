/** A topology as a picture: laid out in layers, as SVG or as Mermaid's text. Pure. */
@NullMarked
package dev.foldstream.topologyservice.drawing;

import org.jspecify.annotations.NullMarked;
