package dev.foldstream.schemas.codec;

import java.time.LocalDate;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;

/** Dates as days; a date that does not fit is refused instead of becoming another. */
final class ExactDates extends TimeConversions.DateConversion {

  @Override
  public Integer toInt(LocalDate date, Schema schema, LogicalType type) {
    return Math.toIntExact(date.toEpochDay());
  }
}
