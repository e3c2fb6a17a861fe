package dev.foldstream.endtoend.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Who may know whom. Module borders are in the POMs too; here are those of packages. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BordersTest {

  private static final List<String> MODULES =
      List.of(
          "kernel",
          "schemas",
          "dev-services",
          "testkit",
          "commerce",
          "event-store",
          "topology",
          "view-store",
          "host",
          "command-service",
          "projector",
          "query-service",
          "topology-service",
          "quickstart");

  private static final String[] HOSTS = {
    "dev.foldstream.host..",
    "dev.foldstream.commandservice..",
    "dev.foldstream.projector..",
    "dev.foldstream.queryservice..",
    "dev.foldstream.topologyservice.."
  };

  private static final JavaClasses CLASSES = compiledClasses();

  private static JavaClasses compiledClasses() {
    List<Path> folders =
        MODULES.stream().map(m -> Repository.ROOT.resolve(m).resolve("target/classes")).toList();
    return new ClassFileImporter().importPaths(folders);
  }

  @Test
  void every_module_was_compiled_before_its_borders_are_checked() {
    assertThat(MODULES)
        .allSatisfy(m -> assertThat(Repository.ROOT.resolve(m).resolve("target/classes")).exists());
    assertThat(CLASSES).hasSizeGreaterThan(100);
  }

  @Test
  void every_package_is_null_marked() {
    List<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(p -> p.getName().startsWith("dev.foldstream"))
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(p -> p.getName())
            .toList();
    assertThat(unmarked).as("packages without @NullMarked in package-info.java").isEmpty();
  }

  @Test
  void packages_have_no_cycles() {
    slices().matching("dev.foldstream.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void the_kernel_knows_the_jdk_and_jspecify_only() {
    classes()
        .that()
        .resideInAPackage("dev.foldstream.kernel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.foldstream.kernel..", "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void a_domain_knows_the_kernel_only() {
    classes()
        .that()
        .resideInAPackage("dev.foldstream.commerce..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.foldstream.commerce..", "dev.foldstream.kernel..", "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void the_testkit_knows_no_store_and_no_host() {
    noClasses()
        .that()
        .resideInAPackage("dev.foldstream.testkit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.foldstream.eventstore..", "dev.foldstream.viewstore..", "dev.foldstream.host..")
        .check(CLASSES);
  }

  @Test
  void nobody_names_the_example_domain() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.foldstream.commerce..", "dev.foldstream.quickstart..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.foldstream.commerce..")
        .check(CLASSES);
  }

  @Test
  void the_stores_know_no_host_and_not_each_other() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.foldstream.schemas..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.foldstream.eventstore..", "dev.foldstream.viewstore..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.foldstream.eventstore..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.foldstream.viewstore..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage("dev.foldstream.eventstore..", "dev.foldstream.viewstore..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(HOSTS)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.foldstream.viewstore..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.foldstream.eventstore..", "org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void topologies_know_no_view_store_and_no_host_and_only_their_host_knows_them() {
    noClasses()
        .that()
        .resideInAPackage("dev.foldstream.topology..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.foldstream.viewstore..", "dev.foldstream.eventstore.decision..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(HOSTS)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.foldstream.topology..",
            "dev.foldstream.topologyservice..",
            "dev.foldstream.quickstart..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.foldstream.topology..")
        .check(CLASSES);
  }

  @Test
  void the_read_side_does_not_know_the_decision_topology() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.foldstream.projector..", "dev.foldstream.queryservice..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.foldstream.eventstore.decision..", "org.apache.kafka.streams..")
        .check(CLASSES);
  }

  @Test
  void hosts_do_not_know_each_other() {
    for (String host : List.of("commandservice", "projector", "queryservice", "topologyservice")) {
      String[] others =
          List.of("commandservice", "projector", "queryservice", "topologyservice").stream()
              .filter(other -> !other.equals(host))
              .map(other -> "dev.foldstream." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.foldstream." + host + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Test
  void servers_for_development_stay_out_of_the_product() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.foldstream.devservices..", "dev.foldstream.quickstart..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.foldstream.devservices..", "dev.foldstream.quickstart..")
        .check(CLASSES);
  }

  @Test
  void topic_names_are_made_in_one_class_only() throws Exception {
    List<String> makers =
        Repository.javaFiles().stream()
            .filter(file -> Repository.name(file).contains("src/main/"))
            .filter(file -> containsTopicSuffix(file))
            .map(file -> file.getFileName().toString())
            .toList();
    assertThat(makers).as("files beside TopicNames that make names of topics").isEmpty();
  }

  private static boolean containsTopicSuffix(Path file) {
    try {
      String text = Files.readString(file);
      return List.of("\".commands\"", "\".events\"", "\".outcomes\"", "\".quarantine\"").stream()
          .anyMatch(text::contains);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
