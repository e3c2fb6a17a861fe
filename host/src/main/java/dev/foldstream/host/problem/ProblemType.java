package dev.foldstream.host.problem;

import java.util.Locale;

/**
 * Every type of problem a host answers with, its title and its status.
 *
 * <p>The type's URI is made of the constant's name and callers compare it: a constant is never
 * renamed.
 */
public enum ProblemType {
  INVALID_COMMAND(400, "The command is not valid"),
  MALFORMED_JSON(400, "The body is not JSON"),
  INVALID_REQUEST(400, "The request is not valid"),
  INVALID_QUERY(400, "The query is not valid"),
  INVALID_TOPOLOGY(400, "The topology is not valid"),
  INVALID_TOKEN(400, "The token is not valid"),
  UNKNOWN_DOMAIN(404, "There is no such domain"),
  UNKNOWN_AGGREGATE(404, "There is no such aggregate type"),
  UNKNOWN_COMMAND(404, "There is no such command"),
  UNKNOWN_OUTCOME(404, "There is no such outcome"),
  UNKNOWN_PROCESS(404, "There is no such process"),
  UNKNOWN_VIEW(404, "There is no such view"),
  UNKNOWN_QUARANTINE(404, "There is no such entry in the quarantine"),
  UNKNOWN_SHADOW_RUN(404, "There is no such shadow run"),
  UNKNOWN_TOPOLOGY(404, "There is no such topology"),
  JOURNAL_OFF(404, "No journal is kept"),
  NOT_SEARCHABLE(404, "The view is not kept in a search store"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
  NOT_ACCEPTABLE(406, "None of the accepted media types is served here"),
  NOT_POSSIBLE_NOW(409, "Not possible in the present state"),
  CHANGE_REFUSED(409, "Readers of the topology's output would not survive the change"),
  LOST_RACE(409, "Another process made a change at the same time"),
  COMMAND_GONE(410, "The record of the command is gone"),
  VERSION_CONFLICT(412, "The expected version is not the found one"),
  BODY_TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type of the body is not served here"),
  REJECTED(422, "The command was rejected"),
  TOO_COSTLY(422, "The query costs too much"),
  ANSWER_TOO_LARGE(422, "The answer is too large"),
  TOO_MANY_REQUESTS(429, "Too many requests of one caller"),
  INTERNAL_ERROR(500, "Something went wrong here"),
  UNREADABLE_EVENT(500, "A stored event cannot be read"),
  QUARANTINED(500, "The command could not be decided and was set aside"),
  VIEW_BEHIND(503, "The view has not come as far as the token"),
  VIEW_STALLED(503, "The view stands still before the token"),
  TOO_MANY_WAITS(503, "Too many callers are waiting"),
  TOO_BUSY(503, "Too many requests are in flight"),
  VIEW_STORE_UNAVAILABLE(503, "The view store does not answer"),
  KAFKA_UNAVAILABLE(503, "Kafka does not answer"),
  SCHEMA_REGISTRY_UNAVAILABLE(503, "The schema registry does not answer"),
  STILL_STARTING(503, "The host is still starting"),
  OUTCOME_UNKNOWN_YET(504, "The outcome is not known yet");

  private static final String PREFIX = "https://foldstream.dev/problems/";

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public String uri() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String title() {
    return title;
  }

  public int status() {
    return status;
  }
}
