package dev.foldstream.viewstore.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foldstream.viewstore.SearchReader;
import dev.foldstream.viewstore.rows.RowJson;
import java.util.Arrays;
import java.util.List;

/**
 * What a text asks of the searched fields. Every word must be found, in whichever of them, with a
 * letter or two wrong in longer words without a digit. Words that are found as they are count more,
 * and a text that is exactly the value of a field counts most.
 */
final class SearchWords {

  private static final double EXACT_BOOST = 10;
  private static final double AS_WRITTEN_BOOST = 3;

  /** The first letter is right: that keeps the number of words that may be meant small. */
  private static final int RIGHT_LETTERS = 1;

  private static final int MEANT_WORDS = 50;

  private SearchWords() {}

  static ObjectNode query(List<String> fields, String text) {
    ObjectNode query = RowJson.object();
    ArrayNode either = query.putObject("bool").put("minimum_should_match", 1).putArray("should");
    ArrayNode words = either.addObject().putObject("bool").putArray("must");
    for (String word : words(text)) {
      ObjectNode match = match(words.addObject(), fields, word).put("operator", "and");
      if (mayBeMistyped(word)) {
        match.put("fuzziness", "AUTO");
        match.put("prefix_length", RIGHT_LETTERS).put("max_expansions", MEANT_WORDS);
      }
    }
    match(either.addObject(), fields, text)
        .put("type", "cross_fields")
        .put("operator", "and")
        .put("boost", AS_WRITTEN_BOOST);
    for (String field : fields) {
      ObjectNode term = either.addObject().putObject("term").putObject(field);
      term.put("value", text).put("boost", EXACT_BOOST);
    }
    return query;
  }

  /** A word with a digit is a number or an id: its neighbour is another one. */
  private static boolean mayBeMistyped(String word) {
    return word.chars().noneMatch(Character::isDigit);
  }

  /** Words of which the last is a beginning. */
  static ObjectNode beginnings(List<String> fields, String text) {
    ObjectNode query = RowJson.object();
    match(query, fields, String.join(" ", words(text)))
        .put("type", "bool_prefix")
        .put("operator", "and")
        .put("max_expansions", MEANT_WORDS);
    return query;
  }

  private static ObjectNode match(ObjectNode query, List<String> fields, String text) {
    ObjectNode match = query.putObject("multi_match");
    match.put("query", text);
    ArrayNode analysed = match.putArray("fields");
    fields.forEach(field -> analysed.add(field + ElasticsearchMapping.TEXT));
    return match;
  }

  static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).limit(SearchReader.MAX_WORDS).toList();
  }
}
