package dev.foldstream.eventstore.memory;

import dev.foldstream.schemas.types.RecordTypes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** Makes commands of any kind from few values, so that they often concern each other. */
final class AnyCommand {

  private static final int MAX_TRIES = 10_000;
  private static final List<String> TEXTS = List.of("EUR", "USD", "a@b.example", "o-1", "o-2");
  private static final List<String> AMOUNTS = List.of("0.00", "1.00", "25.50", "-3.00");

  private final Random random;

  AnyCommand(long seed) {
    this.random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** One of the records of a sealed interface; values its constructor refuses are drawn again. */
  Record of(Class<?> commands) {
    List<Class<? extends Record>> types = RecordTypes.permitted(commands);
    Class<? extends Record> type = types.get(below(types.size()));
    for (int i = 0; i < MAX_TRIES; i++) {
      try {
        return record(type);
      } catch (InvocationTargetException refused) {
        // Drawn again.
      } catch (ReflectiveOperationException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    throw new IllegalStateException("no values for " + type);
  }

  private Record record(Class<? extends Record> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = value(components[i].getGenericType());
    }
    var constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private Object value(Type type) throws ReflectiveOperationException {
    if (type == String.class) {
      return TEXTS.get(below(TEXTS.size()));
    } else if (type == int.class) {
      return below(4);
    } else if (type == long.class) {
      return (long) below(4);
    } else if (type == BigDecimal.class) {
      return new BigDecimal(AMOUNTS.get(below(AMOUNTS.size())));
    } else if (type == Instant.class) {
      return InMemoryEventStore.TIME;
    } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      Type element = list.getActualTypeArguments()[0];
      var values = new java.util.ArrayList<Object>();
      int size = below(3);
      while (values.size() < size) {
        values.add(value(element));
      }
      return values;
    } else if (type instanceof Class<?> record && record.isRecord()) {
      return record(record.asSubclass(Record.class));
    }
    throw new IllegalStateException("no values for " + type);
  }
}
