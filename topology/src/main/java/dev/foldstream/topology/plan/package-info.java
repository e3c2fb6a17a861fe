/** What a topology needs in Kafka, how it is drawn, and what a change of it means. */
@NullMarked
package dev.foldstream.topology.plan;

import org.jspecify.annotations.NullMarked;
