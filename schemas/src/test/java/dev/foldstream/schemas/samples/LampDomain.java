package dev.foldstream.schemas.samples;

import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A domain of one aggregate whose schema files lie among the test resources. */
public final class LampDomain implements Domain {

  public sealed interface LampCommand {}

  public record SwitchOn(int brightness) implements LampCommand {}

  public sealed interface LampEvent {}

  public record SwitchedOn(int brightness, @Nullable BigDecimal price) implements LampEvent {}

  public record SwitchedOff() implements LampEvent {}

  /** An old form, none of the events. */
  public record Burned(int hours) {}

  public record Lamp(boolean on) {}

  private static final class LampDecider implements Decider<LampCommand, Lamp, LampEvent> {
    @Override
    public Lamp initial() {
      return new Lamp(false);
    }

    @Override
    public Decision<LampEvent> decide(
        LampCommand command, Lamp state, dev.foldstream.kernel.CommandContext context) {
      return Decision.nothingToDo();
    }

    @Override
    public Lamp evolve(Lamp state, LampEvent event) {
      return state;
    }
  }

  private final Feature.Aggregate<LampCommand, Lamp, LampEvent> lamp;

  public LampDomain() {
    this("desk-lamp");
  }

  /** With another name, whose files are not there. */
  public LampDomain(String aggregate) {
    this.lamp =
        Feature.Aggregate.of(
            aggregate, LampCommand.class, Lamp.class, LampEvent.class, new LampDecider());
  }

  /** That also reads an old form. */
  public <O extends Record> LampDomain(Class<O> old, Function<O, LampEvent> toEvent) {
    this.lamp = new LampDomain().lamp.upcast(old, toEvent);
  }

  @Override
  public String name() {
    return "light";
  }

  @Override
  public List<Feature> features() {
    return List.of(lamp);
  }
}
