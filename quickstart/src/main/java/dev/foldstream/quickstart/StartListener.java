package dev.foldstream.quickstart;

import java.time.Duration;

/** Sees the parts and hosts of an installation start, from several threads. */
public interface StartListener {

  StartListener NONE =
      new StartListener() {
        @Override
        public void starting(String name) {
          // Nobody watches.
        }

        @Override
        public void ready(String name, Duration took) {
          // Nobody watches.
        }
      };

  void starting(String name);

  void ready(String name, Duration took);
}
