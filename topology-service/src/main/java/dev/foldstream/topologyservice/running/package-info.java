/** The versions that this process runs, each as an application of Kafka Streams. */
@NullMarked
package dev.foldstream.topologyservice.running;

import org.jspecify.annotations.NullMarked;
