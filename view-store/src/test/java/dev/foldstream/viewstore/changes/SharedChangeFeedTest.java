package dev.foldstream.viewstore.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldstream.kernel.Token;
import dev.foldstream.viewstore.Shelf;
import dev.foldstream.viewstore.ViewDefinition;
import dev.foldstream.viewstore.watch.WakeUps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedChangeFeedTest {

  private static final int FOLLOWERS = 500;

  private final ViewDefinition view = Shelf.view("followed");
  private final AtomicLong position = new AtomicLong(1);
  private final AtomicInteger reads = new AtomicInteger();
  private final WakeUpsByHand wakeUps = new WakeUpsByHand();
  private final SharedChangeFeed feed =
      new SharedChangeFeed(
          (v, after) -> {
            reads.incrementAndGet();
            long now = position.get();
            var cursor = ChangeCursor.at(1, Token.of(Shelf.TOPIC, 0, now));
            return after == null
                ? Changes.unknown(cursor)
                : new Changes(cursor, Set.of("k-" + now), true);
          },
          wakeUps);

  /** Wakes the feed only when the test says so. */
  private static final class WakeUpsByHand implements WakeUps {
    private final LinkedBlockingQueue<Woken> woken = new LinkedBlockingQueue<>();

    @Override
    public Woken next(Duration atMost) throws InterruptedException {
      Woken next = woken.poll(20, TimeUnit.SECONDS);
      return next == null ? new Woken(false, Set.of("nobody")) : next;
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void close() {
    feed.close();
  }

  @Test
  void five_hundred_followers_of_a_view_cost_one_reader() {
    List<List<Changes>> heard = new ArrayList<>();
    for (int i = 0; i < FOLLOWERS; i++) {
      var mine = new CopyOnWriteArrayList<Changes>();
      heard.add(mine);
      var _ = feed.follow(view, mine::add);
    }
    wakeUps.woken.add(WakeUps.Woken.ANY);
    awaitAll(heard, 1);
    assertThat(heard).allSatisfy(it -> assertThat(it.getFirst().known()).isFalse());
    int before = reads.get();
    position.incrementAndGet();
    wakeUps.woken.add(new WakeUps.Woken(false, Set.of(view.path())));
    awaitAll(heard, 2);
    assertThat(heard).allSatisfy(it -> assertThat(it.getLast().keys()).containsExactly("k-2"));
    assertThat(reads.get() - before).isEqualTo(1);
  }

  private static void awaitAll(List<List<Changes>> heard, int each) {
    Awaitility.await().until(() -> heard.stream().allMatch(it -> it.size() == each));
  }

  @Test
  void who_comes_later_is_told_where_the_view_is_and_who_has_left_is_told_nothing() {
    var first = new CopyOnWriteArrayList<Changes>();
    var second = new CopyOnWriteArrayList<Changes>();
    var followed = feed.follow(view, first::add);
    assertThat(Duration.ofNanos(followed.ageNanos())).isGreaterThan(Duration.ofHours(1));
    wakeUps.woken.add(WakeUps.Woken.ANY);
    Awaitility.await().until(() -> first.size() == 1);
    Awaitility.await()
        .until(() -> Duration.ofNanos(followed.ageNanos()).compareTo(Duration.ofMinutes(1)) < 0);
    var _ = feed.follow(view, second::add);
    followed.close();
    position.incrementAndGet();
    wakeUps.woken.add(WakeUps.Woken.ANY);
    Awaitility.await().until(() -> second.size() == 1);
    assertThat(second.getFirst().known()).isFalse();
    assertThat(second.getFirst().now().token()).isEqualTo(Token.of(Shelf.TOPIC, 0, 2));
    assertThat(first).hasSize(1);
  }

  @Test
  void a_cursor_covers_what_is_not_ahead_of_it_in_any_partition() {
    var now = ChangeCursor.at(1, Token.of(Shelf.TOPIC, 0, 5).merge(Token.of(Shelf.TOPIC, 1, 3)));
    assertThat(now.covers(now)).isTrue();
    assertThat(now.covers(ChangeCursor.at(1, Token.of(Shelf.TOPIC, 0, 4)))).isTrue();
    assertThat(now.covers(ChangeCursor.at(1, Token.of(Shelf.TOPIC, 0, 6)))).isFalse();
    assertThat(now.covers(ChangeCursor.at(2, Token.of(Shelf.TOPIC, 0, 5)))).isFalse();
  }
}
