package dev.foldstream.eventstore.wire;

/** Names of headers. These are the stored form. */
public final class HeaderNames {

  public static final String SPEC_VERSION = "ce_specversion";
  public static final String ID = "ce_id";
  public static final String SOURCE = "ce_source";
  public static final String TYPE = "ce_type";
  public static final String TIME = "ce_time";
  public static final String COMMAND_ID = "ce_commandid";
  public static final String CORRELATION_ID = "ce_correlationid";
  public static final String CAUSATION_ID = "ce_causationid";
  public static final String PRINCIPAL = "ce_principal";
  public static final String EXPECTED_VERSION = "ce_expectedversion";
  public static final String SEQUENCE = "ce_sequence";
  public static final String VERSION = "ce_version";

  /** Of an event: the offset of its command, in the partition of the same number. */
  public static final String COMMAND_OFFSET = "ce_commandoffset";

  /** Of an event: what its command says that led to it; absent when nothing did. */
  public static final String COMMAND_CAUSE_ID = "ce_commandcauseid";

  /** Of a command sent by a process, and of its outcome: {@code <process>/<process id>}. */
  public static final String PROCESS = "ce_process";

  /** Of a process's input: its {@code InputKind}. */
  public static final String INPUT_KIND = "ce_inputkind";

  /** Of a process's input: {@code <topic>:<partition>:<offset>} of the record it was made of. */
  public static final String ORIGIN = "ce_origin";

  /** Of a process's input: the key of the record it was made of. */
  public static final String ORIGIN_KEY = "ce_originkey";

  /** Of a process's input: that it was routed after later events of its aggregate. */
  public static final String LATE = "ce_late";

  /** Of a timer that went off: its name. */
  public static final String TIMER = "ce_timer";

  /** Of a timer that went off: which start of it, counted by the process. */
  public static final String TIMER_NUMBER = "ce_timernumber";

  /** Of a command: where its sender waits, an {@link AnswerAddress}; its outcome carries it too. */
  public static final String ANSWER_TO = "ce_answerto";

  /** Of a command that is tried again: its id in the quarantine. */
  public static final String RETRY_OF = "ce_retryof";

  public static final String TRACE_PARENT = "traceparent";
  public static final String CONTENT_TYPE = "content-type";

  static final String SPEC_VERSION_1 = "1.0";
  static final String AVRO = "application/avro";

  private HeaderNames() {}
}
