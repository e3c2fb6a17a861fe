package dev.foldstream.projector.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.projector.projections.ChangeStream.SlowCallerException;
import io.micronaut.http.sse.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChangeStreamTest {

  /** Takes so many events and no more. */
  private static final class Caller extends BaseSubscriber<Event<String>> {
    private final List<String> data = new ArrayList<>();
    private final int takes;
    private boolean completed;
    private @Nullable Throwable lost;

    Caller(int takes) {
      this.takes = takes;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
      request(takes);
    }

    @Override
    protected void hookOnNext(Event<String> event) {
      data.add(event.getData());
    }

    @Override
    protected void hookOnComplete() {
      completed = true;
    }

    @Override
    protected void hookOnError(Throwable error) {
      lost = error;
    }
  }

  @Test
  void what_has_not_changed_is_told_once() {
    var stream = new ChangeStream(null);
    var caller = new Caller(100);
    stream.flux().subscribe(caller);
    assertThat(stream.tell(Map.of("a", "1"))).isTrue();
    assertThat(stream.tell(Map.of("a", "1"))).isTrue();
    assertThat(stream.tell(Map.of("a", "2"))).isTrue();
    assertThat(caller.data).containsExactly("", "1", "2");
    stream.close();
    assertThat(caller.completed).isTrue();
  }

  @Test
  void one_view_alone_can_be_watched() {
    var stream = new ChangeStream("a");
    var caller = new Caller(100);
    stream.flux().subscribe(caller);
    stream.tell(Map.of("a", "1", "b", "2"));
    assertThat(caller.data).containsExactly("", "1");
    stream.close();
  }

  @Test
  void a_caller_that_takes_nothing_loses_the_stream_and_others_go_on() {
    var stream = new ChangeStream(null);
    var caller = new Caller(1);
    stream.flux().subscribe(caller);
    int told = 0;
    while (stream.tell(Map.of("a", String.valueOf(told)))) {
      told++;
      assertThat(told).as("bounded").isLessThan(2 * ChangeStream.MAX_WAITING);
    }
    assertThat(told).isBetween(ChangeStream.MAX_WAITING, ChangeStream.MAX_WAITING + 2);
    assertThat(caller.lost)
        .isInstanceOf(SlowCallerException.class)
        .hasMessageContaining("128 events waited");
  }
}
