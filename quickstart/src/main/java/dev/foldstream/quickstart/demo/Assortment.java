package dev.foldstream.quickstart.demo;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What the shop sells. */
final class Assortment {

  private static final int MOST_LINES = 3;
  private static final int MOST_PIECES = 3;

  private static final List<Article> ARTICLES =
      List.of(
          new Article("lamp", "19.90"),
          new Article("desk", "249.00"),
          new Article("chair", "89.50"),
          new Article("shelf", "59.00"),
          new Article("rug", "120.00"),
          new Article("mirror", "45.25"),
          new Article("clock", "15.75"),
          new Article("vase", "12.40"));

  record Article(String sku, String price) {}

  private final Random random;

  Assortment(Random random) {
    this.random = random;
  }

  Article any() {
    return ARTICLES.get(random.nextInt(ARTICLES.size()));
  }

  /** The lines of an order as JSON, each article once. */
  String basket() {
    int lines = 1 + random.nextInt(MOST_LINES);
    return random
        .ints(0, ARTICLES.size())
        .distinct()
        .limit(lines)
        .mapToObj(ARTICLES::get)
        .map(this::line)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String line(Article article) {
    int quantity = 1 + random.nextInt(MOST_PIECES);
    return "{\"sku\": \"%s\", \"quantity\": %d, \"unitPrice\": \"%s\"}"
        .formatted(article.sku(), quantity, article.price());
  }
}
