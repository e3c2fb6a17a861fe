package dev.foldstream.topology.document;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done with the records of one or more inputs. Maps keep the order of the document. */
public sealed interface Step {

  /** Names of sources, steps, or branches ({@code <step>.<branch>}). */
  List<String> inputs();

  /** The word for it in the document. */
  String kind();

  /**
   * Fields of a record that is made.
   *
   * @param keepAll whether the fields of the input are kept beside them
   * @param fields expressions by name
   * @param type name of the record; null to name it by the step
   */
  record Fields(boolean keepAll, Map<String, String> fields, @Nullable String type) {}

  record Filter(String from, String where) implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "filter";
    }
  }

  /** Makes one record of each. */
  record Mapping(String from, Fields fields) implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "map";
    }
  }

  /**
   * Makes one record of each element of a list.
   *
   * @param each an expression for the list
   * @param as what an element is called in the fields
   */
  record FlatMap(String from, String each, String as, Fields fields) implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "flatMap";
    }
  }

  record Rekey(String from, String key) implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "rekey";
    }
  }

  /**
   * Each record goes to the first branch whose expression holds.
   *
   * @param otherwise name of the branch for the rest; null to drop it
   */
  record Branch(String from, Map<String, String> branches, @Nullable String otherwise)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "branch";
    }
  }

  record Merge(List<String> inputs) implements Step {
    @Override
    public String kind() {
      return "merge";
    }
  }

  /**
   * Keeps something of all records of a key.
   *
   * @param by an expression for the key to group by; null for the key of what comes in
   * @param window null to aggregate for ever
   */
  record Aggregate(
      String from,
      @Nullable String by,
      @Nullable Window window,
      Emit emit,
      Map<String, Calculation> fields,
      @Nullable String type)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "aggregate";
    }

    /**
     * How long what belongs to a window is kept; null for ever. A window that is given when it is
     * closed is kept a day longer: a record that comes after a long silence closes it.
     */
    public @Nullable Duration kept() {
      if (window == null) {
        return null;
      }
      Duration size =
          switch (window) {
            case Window.Tumbling(var one, _) -> one;
            case Window.Hopping(var one, _, _) -> one;
            case Window.Sliding(var one, _) -> one.multipliedBy(2);
            case Window.Session(var gap, _) -> gap;
          };
      Duration kept = size.plus(window.grace());
      return emit == Emit.CLOSE ? kept.plus(Duration.ofDays(1)) : kept;
    }
  }

  /** When an aggregate gives its result. */
  enum Emit {
    UPDATE,
    CLOSE
  }

  /**
   * Puts the records of two inputs together.
   *
   * @param on for a foreign key of a table: an expression over {@code left}; null to join by key
   * @param within how far apart the records of two streams may be; null unless both are streams
   * @param fields over {@code left} and {@code right}
   */
  record Join(
      String from,
      String with,
      JoinKind how,
      @Nullable String on,
      @Nullable Duration within,
      @Nullable Duration grace,
      Fields fields)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from, with);
    }

    @Override
    public String kind() {
      return "join";
    }
  }

  enum JoinKind {
    INNER,
    LEFT,
    OUTER
  }

  /**
   * Drops what came before.
   *
   * @param id an expression: two records of one key with the same id are the same
   */
  record Deduplicate(String from, String id, Duration within) implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "deduplicate";
    }
  }

  /**
   * Adds what is known elsewhere.
   *
   * @param with a source that is a view or a table
   * @param key an expression over {@code event}
   * @param dropMissing whether a record for which nothing is found is dropped
   * @param fields over {@code event} and {@code found}
   */
  record Enrich(String from, String with, String key, boolean dropMissing, Fields fields)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from, with);
    }

    @Override
    public String kind() {
      return "enrich";
    }
  }

  /**
   * Adds to each record how unusual its value is for its key.
   *
   * @param warmUp how many records of a key are learned from before any is called unusual
   * @param threshold standard deviations, or the score of a forest
   * @param smoothing weight of the newest record, for {@code ewma}
   * @param onlyUnusual whether the others are dropped
   * @param forget what was learned of a key that was not seen for so long is forgotten
   */
  record Detect(
      String from,
      List<String> values,
      Method method,
      double threshold,
      int warmUp,
      double smoothing,
      boolean onlyUnusual,
      @Nullable String type,
      Duration forget)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "detect";
    }
  }

  enum Method {
    EWMA,
    ZSCORE,
    FOREST
  }

  /**
   * Tells of a key when its rule held so often within a time, and then not again for a while.
   *
   * @param times how often the rule has to hold
   * @param message an expression for the text
   * @param webhook where it is told beside the step's output; null for nowhere
   * @param forget what is known of a key that was not seen for so long is forgotten
   */
  record Alert(
      String from,
      String rule,
      int times,
      Duration within,
      Duration coolDown,
      String message,
      String severity,
      @Nullable String webhook,
      Duration forget)
      implements Step {
    @Override
    public List<String> inputs() {
      return List.of(from);
    }

    @Override
    public String kind() {
      return "alert";
    }
  }
}
