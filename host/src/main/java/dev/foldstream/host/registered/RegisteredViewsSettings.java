package dev.foldstream.host.registered;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Views of registered topologies.
 *
 * @param enabled whether this host follows the registry of topologies and keeps or serves their
 *     views
 */
@ConfigurationProperties("foldstream.topology-views")
public record RegisteredViewsSettings(@Bindable(defaultValue = "true") boolean enabled) {}
