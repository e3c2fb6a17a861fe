/** What a running topology reaches beside Kafka: webhooks, and rows of views. */
@NullMarked
package dev.foldstream.topologyservice.outside;

import org.jspecify.annotations.NullMarked;
