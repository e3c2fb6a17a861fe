package dev.foldstream.topology.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.topology.document.Fault;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is evaluated without CEL gives what CEL gives, faults included. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShortcutTest {

  private static final Schema AMOUNT =
      LogicalTypes.decimal(38, 2).addToSchema(Schema.create(Schema.Type.BYTES));
  private static final Schema RECORD =
      SchemaBuilder.record("Thing")
          .fields()
          .requiredLong("whole")
          .requiredInt("small")
          .optionalInt("maybe")
          .requiredString("text")
          .requiredBoolean("truth")
          .name("amount")
          .type(AMOUNT)
          .noDefault()
          .endRecord();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.amount >= 100",
        "event.amount < decimal('10.50')",
        "event.small > 3 && event.truth",
        "event.maybe > 2 || event.truth",
        "event.truth || event.maybe > 2",
        "event.truth && event.maybe > 2",
        "!(event.maybe == 1) && event.text != 'a'",
        "event.whole * event.whole",
        "event.whole + event.small - 1",
        "event.maybe + event.small",
        "2 <= event.small == event.truth",
        "key == event.text"
      })
  void it_agrees_with_CEL_on_any_record(String text) {
    // An element of a list is not a shortcut.
    Expression quick = compiled(text);
    Expression slow = compiled("[" + text + "][0]");
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      GenericRecord record = record(random);
      assertThat(raw(quick, record)).as("%s of %s", text, record).isEqualTo(raw(slow, record));
      assertThat(avro(quick, record)).isEqualTo(avro(slow, record));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "event.amount * event.small",
        "event.amount * event.amount",
        "event.amount - event.whole",
        "event.amount + event.maybe * 2"
      })
  void it_agrees_with_CEL_on_decimals(String text) {
    Expression quick = compiled(text);
    Expression slow = compiled("string(" + text + ")");
    var random = new Random(2);
    for (int i = 0; i < 200; i++) {
      GenericRecord record = record(random);
      Object found = raw(quick, record);
      assertThat(found instanceof BigDecimal decimal ? decimal.toPlainString() : found)
          .as("%s of %s", text, record)
          .isEqualTo(raw(slow, record));
    }
  }

  private static Expression compiled(String text) {
    var faults = new ArrayList<Fault>();
    var compiler = new ExpressionCompiler(faults);
    return compiler
        .compile(text, Scope.event(List.of(RECORD), false), Wanted.ANY, "/x")
        .orElseThrow(() -> new AssertionError(faults));
  }

  private static GenericRecord record(Random random) {
    var record = new GenericData.Record(RECORD);
    record.put("whole", random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextLong(200) - 100);
    record.put("small", random.nextInt(7));
    record.put("maybe", random.nextBoolean() ? null : random.nextInt(4));
    record.put("text", random.nextBoolean() ? "a" : "k");
    record.put("truth", random.nextBoolean());
    BigDecimal amount = BigDecimal.valueOf(random.nextLong(40_000) - 5_000, 2);
    record.put("amount", ByteBuffer.wrap(amount.unscaledValue().toByteArray()));
    return record;
  }

  private static Object raw(Expression expression, GenericRecord record) {
    try {
      return expression.raw(frame(record));
    } catch (EvaluationException fault) {
      return "fault";
    }
  }

  private static Object avro(Expression expression, GenericRecord record) {
    try {
      return String.valueOf(expression.value(frame(record)));
    } catch (EvaluationException fault) {
      return "fault";
    }
  }

  private static Frame frame(GenericRecord record) {
    return new Frame().record("k", record, new RecordHeaders(), 0);
  }
}
