package dev.foldstream.endtoend.tradingday;

import java.util.ArrayList;
import java.util.List;

/** What is sold and who buys. */
final class Catalogue {

  /**
   * One thing on sale.
   *
   * @param cents its price, in the currency of whoever buys it
   */
  record Article(String sku, int cents) {}

  record Customer(String id, String owner, String email, String currency) {}

  private static final List<String> THINGS =
      List.of("lamp", "vase", "clock", "chair", "shelf", "mirror", "rug", "desk");
  private static final int[] PRICES = {3490, 1995, 4250, 8900, 6475, 7199, 12000, 24950};
  private static final List<String> MATERIALS = List.of("oak", "linen", "glass", "brass", "slate");

  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Bruno", "Clara", "Dario", "Edith", "Farid", "Greta", "Hugo", "Ines", "Jonas");
  private static final List<String> LAST_NAMES =
      List.of(
          "Amsel", "Birke", "Canto", "Dorn", "Eller", "Fjord", "Garten", "Holm", "Imker", "Jara",
          "Kiesel", "Linde");

  private Catalogue() {}

  /** The first are asked for most. */
  static List<Article> articles() {
    var articles = new ArrayList<Article>();
    for (int material = 0; material < MATERIALS.size(); material++) {
      for (int thing = 0; thing < THINGS.size(); thing++) {
        var sku = THINGS.get(thing) + "-" + MATERIALS.get(material);
        articles.add(new Article(sku, PRICES[thing] + material * PRICES[thing] / 20));
      }
    }
    return List.copyOf(articles);
  }

  static List<Customer> customers() {
    var customers = new ArrayList<Customer>();
    for (var lastName : LAST_NAMES) {
      for (var firstName : FIRST_NAMES) {
        int number = customers.size() + 1;
        customers.add(
            new Customer(
                "c-%04d".formatted(number),
                firstName + " " + lastName,
                (firstName + "." + lastName).toLowerCase(java.util.Locale.ROOT) + "@example.com",
                currency(number)));
      }
    }
    return List.copyOf(customers);
  }

  private static String currency(int number) {
    return switch (number % 12) {
      case 5 -> "USD";
      case 9 -> "GBP";
      default -> "EUR";
    };
  }
}
