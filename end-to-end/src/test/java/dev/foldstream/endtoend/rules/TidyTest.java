package dev.foldstream.endtoend.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Sizes and names, so that a review need not speak of them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TidyTest {

  private static final int MAX_FILE_LINES = 400;
  private static final int MAX_METHOD_LINES = 50;
  private static final int MAX_TEST_METHOD_LINES = 60;

  private static final Pattern BANNED_NAME =
      Pattern.compile(".*(Impl|Utils?|Helper|(?<!Process)Manager|Base|Data|Info)\\.java");
  private static final Pattern BANNED_IN_TESTS =
      Pattern.compile("@Disabled|assumeTrue|assumeFalse|Assumptions\\.|Thread\\.sleep\\(");
  private static final Pattern LEFT_OPEN = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  @Test
  void the_build_runs_on_the_jdk_it_is_written_for() {
    assertThat(Runtime.version().feature()).isGreaterThanOrEqualTo(25);
  }

  @Test
  void files_have_at_most_400_lines() throws IOException {
    var tooLong = new ArrayList<String>();
    for (Path file : Repository.javaFiles()) {
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_FILE_LINES) {
        tooLong.add(Repository.name(file) + " has " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void method_bodies_have_at_most_50_lines_and_those_of_tests_60() throws IOException {
    var tooLong = new ArrayList<String>();
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(Repository.javaFiles());
      var task =
          (JavacTask) compiler.getTask(null, files, d -> {}, List.of("-proc:none"), null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodSizes(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void names_say_what_a_class_is() {
    assertThat(Repository.javaFiles())
        .filteredOn(file -> BANNED_NAME.matcher(file.getFileName().toString()).matches())
        .isEmpty();
  }

  @Test
  void no_test_is_skipped_or_sleeps() throws IOException {
    assertThat(linesWith(BANNED_IN_TESTS, true)).isEmpty();
  }

  @Test
  void nothing_is_left_open() throws IOException {
    assertThat(linesWith(LEFT_OPEN, false)).isEmpty();
  }

  private static List<String> linesWith(Pattern pattern, boolean testsOnly) throws IOException {
    var found = new ArrayList<String>();
    for (Path file : Repository.javaFiles()) {
      boolean rules = Repository.name(file).contains("endtoend/rules/");
      if (rules || (testsOnly && !Repository.isTest(file))) {
        continue;
      }
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(Repository.name(file) + ":" + (i + 1) + " " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  private static final class MethodSizes extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    MethodSizes(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      if (method.getBody() != null) {
        LineMap lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
        long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
        Path file = Path.of(unit.getSourceFile().toUri());
        int limit = Repository.isTest(file) ? MAX_TEST_METHOD_LINES : MAX_METHOD_LINES;
        if (last - first - 1 > limit) {
          tooLong.add(
              Repository.name(file) + "#" + method.getName() + " has " + (last - first - 1));
        }
      }
      return super.visitMethod(method, null);
    }
  }
}
