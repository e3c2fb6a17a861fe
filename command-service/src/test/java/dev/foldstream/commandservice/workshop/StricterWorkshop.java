package dev.foldstream.commandservice.workshop;

import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.List;

/** Another release of the workshop, whose tools are used at most five times. */
public final class StricterWorkshop implements Domain {

  private static final int MOST = 5;

  @Override
  public String name() {
    return WorkshopDomain.NAME;
  }

  @Override
  public List<Feature> features() {
    return List.of(
        Feature.Aggregate.of(
            WorkshopDomain.TOOL,
            ToolCommand.class,
            Tool.class,
            ToolEvent.class,
            new ToolDecider(MOST, 1)));
  }
}
