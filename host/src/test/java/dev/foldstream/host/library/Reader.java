package dev.foldstream.host.library;

import dev.foldstream.kernel.CommandContext;
import dev.foldstream.kernel.Decider;
import dev.foldstream.kernel.Decision;

/** The aggregate {@code reader}. */
public final class Reader {

  private Reader() {}

  public record EnrolReader(String name) {}

  public record ReaderEnrolled(String name) implements LibraryEvent {}

  public record Enrolled(boolean yes) {}

  public static final class ReaderDecider
      implements Decider<EnrolReader, Enrolled, ReaderEnrolled> {
    @Override
    public Enrolled initial() {
      return new Enrolled(false);
    }

    @Override
    public Decision<ReaderEnrolled> decide(
        EnrolReader command, Enrolled state, CommandContext context) {
      return Decision.accept(new ReaderEnrolled(command.name()));
    }

    @Override
    public Enrolled evolve(Enrolled state, ReaderEnrolled event) {
      return new Enrolled(true);
    }
  }
}
