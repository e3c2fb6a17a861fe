package dev.foldstream.host.domains;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for domains while the host starts, so that it never serves without one. */
@Factory
final class FoundDomainsFactory {

  private static final Logger LOG = LoggerFactory.getLogger(FoundDomains.class);

  @Context
  FoundDomains foundDomains() {
    var found = FoundDomains.onClassPath();
    LOG.info("Found the domains {}", found.summary());
    return found;
  }
}
