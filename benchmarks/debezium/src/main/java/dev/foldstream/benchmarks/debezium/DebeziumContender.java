package dev.foldstream.benchmarks.debezium;

import dev.foldstream.benchmarks.read.Changes;
import dev.foldstream.benchmarks.read.ReadParts;
import dev.foldstream.benchmarks.read.Runs;
import dev.foldstream.benchmarks.read.Stretch;
import dev.foldstream.benchmarks.read.Throughput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Debezium's JDBC sink writes the same rows from JSON with the schema outside, which is the form
 * that costs it least.
 *
 * <p>Arguments: a name, the runs, then the parts.
 */
public final class DebeziumContender implements Runs.Contender {

  private static final String TABLE =
      "create table sink_rows(id text primary key, name text, balance bigint, status text,"
          + " city text, updated bigint, seq bigint, note text)";
  private static final String KEY_SCHEMA =
      "{\"type\":\"struct\",\"optional\":false,\"fields\":[{\"field\":\"id\",\"type\":\"string\",\"optional\":false}]}";
  private static final long TABLE_CHECKED_EVERY_MILLIS = 50;

  /** A setting of the sink. */
  private record Setting(String name, int batch, boolean unnest, boolean reduction, int tasks) {}

  private final ReadParts parts;
  private final ConnectWorker connect;
  private final Setting setting;
  private final Changes changes = new Changes();

  private DebeziumContender(ReadParts parts, ConnectWorker connect, Setting setting) {
    this.parts = parts;
    this.connect = connect;
    this.setting = setting;
  }

  public static void main(String[] arguments) throws Exception {
    var runs = Runs.parse(arguments[1]);
    var parts = ReadParts.parse(arguments, 2);
    var connect = ConnectWorker.start(parts.kafka());
    var settings =
        List.of(
            new Setting("Debezium, defaults", 500, false, false, 1),
            new Setting("Debezium, batch 5000, unnest, 1 task", 5_000, true, true, 1),
            new Setting("Debezium, batch 5000, unnest, 2 tasks", 5_000, true, true, 2));
    for (Setting setting : settings) {
      runs.run(new DebeziumContender(parts, connect, setting));
    }
    Runtime.getRuntime().halt(0);
  }

  @Override
  public List<Throughput> run(int number) throws Exception {
    parts.execute("drop table if exists sink_rows", TABLE, "vacuum analyze", "checkpoint");
    String name = "sink-%d-%d-%s".formatted(number, setting.tasks(), setting.unnest());
    connect.create(name, settings());
    Runs.await("the first record", () -> ConnectWorker.read(name) > 0);
    var stretch = new Stretch(parts);
    Runs.await(
        "all records read by " + connect.status(name),
        () -> ConnectWorker.read(name) >= Changes.EVENTS);
    long wanted = changes.sumOfSeq();
    Runs.await(
        "all rows in the table",
        TABLE_CHECKED_EVERY_MILLIS,
        () ->
            parts.number("select count(*) from sink_rows") == Changes.ACCOUNTS
                && parts.number("select sum(seq) from sink_rows") == wanted);
    Throughput figure = stretch.end(setting.name(), Changes.EVENTS);
    connect.delete(name);
    return List.of(figure);
  }

  private Map<String, String> settings() {
    var all = new HashMap<String, String>();
    all.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
    all.put("topics", "accounts-json");
    all.put("connection.url", parts.database());
    all.put("connection.username", parts.user());
    all.put("connection.password", parts.password());
    all.put("insert.mode", "upsert");
    all.put("primary.key.mode", "record_key");
    all.put("primary.key.fields", "id");
    all.put("schema.evolution", "none");
    all.put("collection.name.format", "sink_rows");
    all.put("batch.size", Integer.toString(setting.batch()));
    all.put("consumer.override.max.poll.records", Integer.toString(setting.batch()));
    all.put("dialect.postgres.unnest.insert.enabled", Boolean.toString(setting.unnest()));
    all.put("use.reduction.buffer", Boolean.toString(setting.reduction()));
    all.put("tasks.max", Integer.toString(setting.tasks()));
    all.put("consumer.override.auto.offset.reset", "earliest");
    all.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
    all.put("key.converter.schemas.enable", "true");
    all.put("key.converter.schema.content", KEY_SCHEMA);
    all.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
    all.put("value.converter.schemas.enable", "true");
    all.put("value.converter.schema.content", valueSchema());
    return all;
  }

  private static String valueSchema() {
    return "{\"type\":\"struct\",\"optional\":false,\"fields\":["
        + field("name", "string")
        + ","
        + field("balance", "int64")
        + ","
        + field("status", "string")
        + ","
        + field("city", "string")
        + ","
        + field("updated", "int64")
        + ","
        + field("seq", "int64")
        + ","
        + field("note", "string")
        + "]}";
  }

  private static String field(String name, String type) {
    return "{\"field\":\"%s\",\"type\":\"%s\",\"optional\":false}".formatted(name, type);
  }
}
