package dev.foldstream.eventstore.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.commerce.CommerceDomain;
import dev.foldstream.eventstore.outcomes.Outcome;
import dev.foldstream.kernel.Feature;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

class RepeatedCommandTest {

  private static final int COMMANDS = 40;
  private final CommerceDomain commerce = new CommerceDomain();
  private final List<Feature.Aggregate<?, ?, ?>> aggregates =
      commerce.features().stream()
          .<Feature.Aggregate<?, ?, ?>>mapMulti(
              (feature, out) -> {
                if (feature instanceof Feature.Aggregate<?, ?, ?> aggregate) {
                  out.accept(aggregate);
                }
              })
          .toList();

  @Property(tries = 100)
  @Label("any command repeated at once yields the same outcome and no new events")
  void any_command_repeated_at_once_yields_no_new_events(@ForAll long seed) {
    var store = new InMemoryEventStore(commerce);
    var any = new AnyCommand(seed);
    for (int i = 0; i < COMMANDS; i++) {
      Feature.Aggregate<?, ?, ?> aggregate = aggregates.get(any.below(aggregates.size()));
      Record command = any.of(aggregate.commands());
      String id = "id-" + any.below(2);
      Outcome first = store.send(aggregate.name(), id, command, "c-" + i);
      int events = store.events().size();
      assertThat(first)
          .as("%s on %s", command, id)
          .isNotInstanceOf(Outcome.Quarantined.class)
          .isNotInstanceOf(Outcome.Conflict.class);
      assertThat(store.send(aggregate.name(), id, command, "c-" + i)).isEqualTo(first);
      assertThat(store.events()).hasSize(events);
    }
  }
}
