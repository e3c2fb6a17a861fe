package dev.foldstream.topology.build;

/**
 * Tells alerts to the world outside.
 *
 * <ol>
 *   <li>It is called by a stream thread and has to return at once: it queues, within a bound.
 *   <li>An alert may be told again after a crash; its id stays the same.
 * </ol>
 */
public interface Webhooks {

  void send(WebhookCall call);

  /**
   * One alert for one address.
   *
   * @param id of the alert: made of topology, step and the record that set it off
   * @param json the alert as a JSON object
   */
  record WebhookCall(String topology, String step, String url, String id, String json) {}
}
