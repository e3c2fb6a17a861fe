/** What has to be there before the first request. */
@NullMarked
package dev.foldstream.topologyservice.start;

import org.jspecify.annotations.NullMarked;
