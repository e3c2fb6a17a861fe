package dev.foldstream.endtoend.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What is written beside the code: links lead somewhere, decision records are numbered. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentsTest {

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");
  private static final Pattern QUOTE =
      Pattern.compile("From\\s`([^`]+)`:\\n\\n```[a-z]+\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern RECORD = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

  @Test
  void relative_links_lead_to_files_of_the_repository() throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : Repository.files(path -> path.toString().endsWith(".md"))) {
      var links = LINK.matcher(Files.readString(document));
      while (links.find()) {
        String target = links.group(1);
        boolean outside = target.contains("://") || target.startsWith("mailto:");
        if (!outside && !Files.exists(document.resolveSibling(target))) {
          broken.add(Repository.name(document) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void quoted_code_is_in_the_file_it_is_quoted_from() throws IOException {
    var wrong = new ArrayList<String>();
    int count = 0;
    for (Path document : Repository.files(path -> path.toString().endsWith(".md"))) {
      var quotes = QUOTE.matcher(Files.readString(document));
      while (quotes.find()) {
        count++;
        Path file = Repository.ROOT.resolve(quotes.group(1));
        if (!Files.exists(file)
            || !spaced(Files.readString(file)).contains(spaced(quotes.group(2)))) {
          wrong.add(Repository.name(document) + " quotes " + quotes.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isPositive();
  }

  /** Without what indentation and line breaks make of it. */
  private static String spaced(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  @Test
  void decision_records_are_numbered_without_gaps_and_say_their_status() throws IOException {
    List<Path> records =
        Repository.files(
            path ->
                Repository.name(path).startsWith("docs/adr/")
                    && RECORD.matcher(path.getFileName().toString()).matches());
    assertThat(records).isNotEmpty();
    for (int i = 0; i < records.size(); i++) {
      assertThat(records.get(i).getFileName().toString()).startsWith("%04d-".formatted(i + 1));
      assertThat(Files.readString(records.get(i))).contains("Status: ");
    }
  }
}
