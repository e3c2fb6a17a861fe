package dev.foldstream.host.domains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldstream.host.library.Book;
import dev.foldstream.host.library.LibraryDomain;
import dev.foldstream.host.library.LibraryDomain.Activity;
import dev.foldstream.host.library.LibraryDomain.Counting;
import dev.foldstream.host.library.Reminder;
import dev.foldstream.host.library.Reminder.Reminded;
import dev.foldstream.host.start.StartRefusedException;
import dev.foldstream.kernel.Domain;
import dev.foldstream.kernel.Feature;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FoundDomainsTest {

  private record Named(String name, List<Feature> features) implements Domain {}

  private interface Unrelated {}

  @Test
  void the_domains_of_the_class_path_are_found() {
    var found = FoundDomains.onClassPath();
    assertThat(found.all()).extracting(Domain::name).containsExactly("library");
    assertThat(found.summary()).isEqualTo("library (2 aggregates, 2 views, 0 processes)");
    assertThat(found.eventsTopics())
        .containsExactly("library.book.events", "library.reader.events");
  }

  @Test
  void commands_are_found_through_all_levels_of_a_sealed_interface() {
    var book = FoundDomains.of(List.of(new LibraryDomain())).aggregate("library", "book");
    assertThat(book.flatMap(b -> b.command("ReturnBook"))).contains(Book.ReturnBook.class);
    assertThat(book.flatMap(b -> b.command("Return"))).isEmpty();
    assertThat(book.orElseThrow().commands()).containsOnlyKeys("LendBook", "ReturnBook");
  }

  @Test
  void an_aggregate_whose_command_is_one_record_has_that_command() {
    var reader = FoundDomains.of(List.of(new LibraryDomain())).aggregate("library", "reader");
    assertThat(reader.orElseThrow().commands()).containsOnlyKeys("EnrolReader");
  }

  @Test
  void a_view_is_fed_by_every_aggregate_one_of_whose_events_it_follows() {
    var found = FoundDomains.of(List.of(new LibraryDomain()));
    assertThat(found.view("loans").orElseThrow().topics()).containsExactly("library.book.events");
    assertThat(found.view("activity").orElseThrow().topics())
        .containsExactly("library.book.events", "library.reader.events");
  }

  @Test
  void views_of_one_name_in_two_domains_are_addressed_by_both_names() {
    var other = new Named("archive", new LibraryDomain().features());
    var found = FoundDomains.of(List.of(new LibraryDomain(), other));
    assertThat(found.view("loans")).isEmpty();
    assertThat(found.view("archive.loans").orElseThrow().domain()).isEqualTo("archive");
    assertThat(found.view("library.loans").orElseThrow().domain()).isEqualTo("library");
  }

  @Test
  void a_view_of_a_unique_name_is_found_by_both_forms() {
    var found = FoundDomains.of(List.of(new LibraryDomain()));
    assertThat(found.view("library.loans")).isEqualTo(found.view("loans")).isPresent();
  }

  @Test
  void no_domain_is_refused() {
    assertThatThrownBy(() -> FoundDomains.of(List.of()))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("none was found on the class path")
        .hasMessageContaining("META-INF/services/dev.foldstream.kernel.Domain");
  }

  @Test
  void two_domains_of_one_name_are_refused_with_both_classes() {
    var other = new Named("library", List.of());
    assertThatThrownBy(() -> FoundDomains.of(List.of(new LibraryDomain(), other)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("'library' twice")
        .hasMessageContaining(LibraryDomain.class.getName())
        .hasMessageContaining(Named.class.getName());
  }

  @Test
  void a_name_that_cannot_be_part_of_a_topic_is_refused() {
    assertThatThrownBy(() -> FoundDomains.of(List.of(new Named("My Shop", List.of()))))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("found 'My Shop'");
  }

  @Test
  void two_features_of_one_kind_and_name_are_refused() {
    var twice = new Named("twice", List.of(LibraryDomain.book(), LibraryDomain.book()));
    assertThatThrownBy(() -> FoundDomains.of(List.of(twice)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("found an aggregate and an aggregate named 'book' in domain 'twice'");
  }

  @Test
  void a_process_and_an_aggregate_share_one_space_of_names_a_view_has_its_own() {
    var both = new Named("both", List.of(LibraryDomain.book(), Reminder.named("book")));
    assertThatThrownBy(() -> FoundDomains.of(List.of(both)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("found an aggregate and a process named 'book' in domain 'both'");
    var view = Feature.View.of("book", Reminded.class, Activity.class, new Counting<>());
    var process = Reminder.named("reminder");
    var apart = new Named("apart", List.of(LibraryDomain.book(), process, view));
    assertThat(FoundDomains.of(List.of(apart)).summary())
        .isEqualTo("apart (1 aggregate, 1 view, 1 process)");
  }

  @Test
  void a_view_follows_the_progress_of_a_process_alone_or_through_an_umbrella() {
    var alone = Feature.View.of("reminders", Reminded.class, Activity.class, new Counting<>());
    var features = new ArrayList<>(new LibraryDomain().features());
    features.addAll(List.of(Reminder.named("reminder"), alone));
    var found = FoundDomains.of(List.of(new Named("library", features)));
    assertThat(found.view("reminders").orElseThrow().topics())
        .containsExactly("library.reminder.events");
    assertThat(found.view("activity").orElseThrow().topics())
        .containsExactly("library.book.events", "library.reader.events", "library.reminder.events");
    assertThat(found.eventsTopics()).contains("library.reminder.events").hasSize(3);
    var process = found.process("library", "reminder").orElseThrow();
    assertThat(process.events()).containsOnlyKeys("Reminded");
    assertThat(process.aggregates()).extracting(FoundAggregate::name).containsExactly("book");
  }

  @Test
  void a_process_that_follows_no_aggregate_is_refused() {
    var domain = new Named("idle", List.of(LibraryDomain.reader(), Reminder.named("reminder")));
    assertThatThrownBy(() -> FoundDomains.of(List.of(domain)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("A process follows events of at least one aggregate")
        .hasMessageContaining("'reminder' of domain 'idle'");
  }

  @Test
  void a_view_that_nothing_feeds_is_refused() {
    var view = Feature.View.of("idle", Unrelated.class, Activity.class, new Counting<>());
    var domain = new Named("idle", List.of(LibraryDomain.book(), view));
    assertThatThrownBy(() -> FoundDomains.of(List.of(domain)))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("'idle' of domain 'idle' follows")
        .hasMessageContaining("Unrelated");
  }

  @Test
  void an_open_interface_is_refused_as_commands() {
    assertThatThrownBy(() -> SealedRecords.byName("commands of x", Unrelated.class))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("commands of x must be records of different simple names");
  }
}
