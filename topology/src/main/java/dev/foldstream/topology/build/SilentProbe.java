package dev.foldstream.topology.build;

/** Hears nothing. */
public final class SilentProbe implements Probe {

  @Override
  public StepCounts step(String id) {
    return new StepCounts() {
      @Override
      public void in() {
        // Not counted.
      }

      @Override
      public void out() {
        // Not counted.
      }

      @Override
      public void dropped(DropReason reason, RecordPointer record) {
        // Not counted.
      }
    };
  }

  @Override
  public void failed(StepFailure failure) {
    // Not kept.
  }
}
