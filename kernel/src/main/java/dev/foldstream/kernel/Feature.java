package dev.foldstream.kernel;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** One part of a domain. A host takes the features it serves, by pattern matching. */
public sealed interface Feature {

  /**
   * Part of topic names, addresses and table names. No two views of a domain have one name; nor
   * have two aggregates or processes.
   */
  String name();

  /**
   * An aggregate type.
   *
   * @param stateVersion raised by hand when {@code evolve} means something else than before; a
   *     changed shape of the state is noticed without it
   * @param upcasters for forms in which events were once stored
   */
  record Aggregate<C, S, E>(
      String name,
      Class<C> commands,
      Class<S> state,
      Class<E> events,
      Decider<C, S, E> decider,
      int stateVersion,
      List<Upcaster<E>> upcasters)
      implements Feature {

    public Aggregate {
      Names.check("aggregate", name);
      upcasters = checked(upcasters, events);
    }

    public static <C, S, E> Aggregate<C, S, E> of(
        String name, Class<C> commands, Class<S> state, Class<E> events, Decider<C, S, E> decider) {
      return new Aggregate<>(name, commands, state, events, decider, 1, List.of());
    }

    /** The same aggregate with another state version: its state is folded again from the events. */
    public Aggregate<C, S, E> stateVersion(int version) {
      return new Aggregate<>(name, commands, state, events, decider, version, upcasters);
    }

    /** The same aggregate that also reads events stored in an old form. */
    public <O extends Record> Aggregate<C, S, E> upcast(Class<O> old, Function<O, E> toEvent) {
      return new Aggregate<>(
          name, commands, state, events, decider, stateVersion, with(upcasters, old, toEvent));
    }
  }

  /**
   * A read model.
   *
   * @param events what it follows: an aggregate's events, a process's progress, or a sealed
   *     interface over several of these
   * @param row a record whose components are the columns
   * @param stores where it is kept
   * @param indexes columns that queries filter or order by, one list for each index
   * @param search columns whose text is searched; a dot reaches into nested records, {@code
   *     lines.sku}
   * @param version raised by hand when the projection means something else than before
   */
  record View<E, V extends Record>(
      String name,
      Class<E> events,
      Class<V> row,
      Projection<E, V> projection,
      Set<ViewStoreKind> stores,
      List<List<String>> indexes,
      List<String> search,
      int version)
      implements Feature {

    public View {
      Names.check("view", name);
      stores = Set.copyOf(EnumSet.copyOf(stores));
      indexes = indexes.stream().map(List::copyOf).toList();
      search = List.copyOf(search);
    }

    /** A view in PostgreSQL without further indexes. */
    public static <E, V extends Record> View<E, V> of(
        String name, Class<E> events, Class<V> row, Projection<E, V> projection) {
      return new View<>(
          name, events, row, projection, Set.of(ViewStoreKind.POSTGRESQL), List.of(), List.of(), 1);
    }

    public View<E, V> in(ViewStoreKind first, ViewStoreKind... more) {
      return new View<>(
          name, events, row, projection, EnumSet.of(first, more), indexes, search, version);
    }

    /** Adds an index over these columns, in this order. */
    public View<E, V> index(String... columns) {
      var all = new java.util.ArrayList<>(indexes);
      all.add(List.of(columns));
      return new View<>(name, events, row, projection, stores, all, search, version);
    }

    public View<E, V> search(String... columns) {
      return new View<>(name, events, row, projection, stores, indexes, List.of(columns), version);
    }

    public View<E, V> version(int number) {
      return new View<>(name, events, row, projection, stores, indexes, search, number);
    }
  }

  /**
   * A process over the events of several aggregates. Its own events are the progress it tells; they
   * lie in {@code <domain>.<name>.events} like those of an aggregate, so its name is none of
   * theirs.
   *
   * @param events what it follows; a sealed interface over several aggregates' events follows all
   *     of them
   * @param progress a record
   * @param stateVersion raised by hand when {@code evolve} means something else than before
   * @param upcasters for forms in which progress was once stored
   */
  record Process<E, S, P extends ProcessProgress>(
      String name,
      Class<E> events,
      Class<S> state,
      Class<P> progress,
      ProcessManager<E, S, P> manager,
      int stateVersion,
      List<Upcaster<P>> upcasters)
      implements Feature {
    public Process {
      Names.check("process", name);
      upcasters = checked(upcasters, progress);
    }

    public static <E, S, P extends ProcessProgress> Process<E, S, P> of(
        String name,
        Class<E> events,
        Class<S> state,
        Class<P> progress,
        ProcessManager<E, S, P> manager) {
      return new Process<>(name, events, state, progress, manager, 1, List.of());
    }

    public Process<E, S, P> stateVersion(int version) {
      return new Process<>(name, events, state, progress, manager, version, upcasters);
    }

    /** The same process whose progress is also read in an old form. */
    public <O extends Record> Process<E, S, P> upcast(Class<O> old, Function<O, P> toProgress) {
      return new Process<>(
          name, events, state, progress, manager, stateVersion, with(upcasters, old, toProgress));
    }
  }

  private static <O extends Record, E> List<Upcaster<E>> with(
      List<Upcaster<E>> upcasters, Class<O> old, Function<O, E> toEvent) {
    return Stream.concat(upcasters.stream(), Stream.of(Upcaster.<O, E>of(old, toEvent))).toList();
  }

  private static <E> List<Upcaster<E>> checked(List<Upcaster<E>> upcasters, Class<E> events) {
    var seen = new HashSet<Class<?>>();
    for (var upcaster : upcasters) {
      if (events.isAssignableFrom(upcaster.old()) || !seen.add(upcaster.old())) {
        throw new IllegalArgumentException(
            "an old form is upcast once and is no event of today; found %s among those of %s"
                .formatted(upcaster.old().getName(), events.getName()));
      }
    }
    return List.copyOf(upcasters);
  }
}
