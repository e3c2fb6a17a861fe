package dev.foldstream.projector.library;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import dev.foldstream.kernel.Projection;
import dev.foldstream.kernel.RecordedEvent;
import dev.foldstream.kernel.ViewStoreKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Books on a shelf: an aggregate for each book, a view of copies, a view of one row for all. */
public final class LibraryDomain implements Domain {

  public static final String NAME = "library";
  public static final String SHELF = "shelf";

  /** The one key of the view {@code totals}. */
  public static final String ALL = "all";

  /** Buying this many copies is more than the projection can bear, until it is mended. */
  public static final int POISON = 666;

  /** Whether the projection has learned to bear it. */
  public static final AtomicBoolean MENDED = new AtomicBoolean();

  public sealed interface ShelfCommand {
    record Buy(int copies) implements ShelfCommand {}
  }

  public sealed interface ShelfEvent {
    record Bought(int copies) implements ShelfEvent {}

    record Lost(String reason) implements ShelfEvent {}
  }

  public record Copies(String book, int copies) {}

  public record Totals(long copies, long events) {}

  record Shelf(int copies) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Feature> features() {
    return List.of(
        Feature.Aggregate.of(
            SHELF, ShelfCommand.class, Shelf.class, ShelfEvent.class, new ShelfDecider()),
        Feature.View.of("copies", ShelfEvent.class, Copies.class, new CopiesProjection())
            .in(ViewStoreKind.POSTGRESQL, ViewStoreKind.ELASTICSEARCH)
            .index("copies"),
        Feature.View.of("totals", ShelfEvent.Bought.class, Totals.class, new TotalsProjection())
            .in(ViewStoreKind.POSTGRESQL, ViewStoreKind.ELASTICSEARCH));
  }

  private static final class ShelfDecider implements Decider<ShelfCommand, Shelf, ShelfEvent> {
    @Override
    public Shelf initial() {
      return new Shelf(0);
    }

    @Override
    public Decision<ShelfEvent> decide(ShelfCommand command, Shelf state, CommandContext context) {
      return switch (command) {
        case ShelfCommand.Buy buy -> Decision.accept(new ShelfEvent.Bought(buy.copies()));
      };
    }

    @Override
    public Shelf evolve(Shelf state, ShelfEvent event) {
      return state;
    }
  }

  private static final class CopiesProjection implements Projection<ShelfEvent, Copies> {
    @Override
    public Set<String> keys(RecordedEvent<? extends ShelfEvent> event) {
      return Set.of(event.stream().id());
    }

    @Override
    public @Nullable Copies apply(
        String key, @Nullable Copies row, RecordedEvent<? extends ShelfEvent> event) {
      return switch (event.event()) {
        case ShelfEvent.Bought(int copies) when copies == POISON && !MENDED.get() ->
            throw new IllegalStateException("too many books");
        case ShelfEvent.Bought(int copies) ->
            new Copies(key, row == null ? copies : row.copies() + copies);
        case ShelfEvent.Lost _ -> null;
      };
    }
  }

  private static final class TotalsProjection implements Projection<ShelfEvent.Bought, Totals> {
    @Override
    public Set<String> keys(RecordedEvent<? extends ShelfEvent.Bought> event) {
      return Set.of(ALL);
    }

    @Override
    public Totals apply(
        String key, @Nullable Totals row, RecordedEvent<? extends ShelfEvent.Bought> event) {
      Totals before = row == null ? new Totals(0, 0) : row;
      return new Totals(before.copies() + event.event().copies(), before.events() + 1);
    }
  }
}
