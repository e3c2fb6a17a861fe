package dev.foldstream.kernel;

import java.util.List;
import java.util.Optional;

/** A process that does nothing. */
final class Telling implements ProcessManager<String, String, Told> {

  @Override
  public Optional<String> processId(RecordedEvent<? extends String> event) {
    return Optional.of(event.stream().id());
  }

  @Override
  public String initial() {
    return "";
  }

  @Override
  public String evolve(String state, Input<String> input) {
    return state;
  }

  @Override
  public List<Effect> react(String state, Input<String> input) {
    return List.of();
  }

  @Override
  public Told progress(String state) {
    return new Told("done");
  }
}
