package dev.foldstream.kernel;

/**
 * The events of one aggregate.
 *
 * @param domain the domain's name, {@code commerce}
 * @param category the aggregate type, {@code order}
 * @param id the aggregate's id
 */
public record StreamName(String domain, String category, String id) {
  @Override
  public String toString() {
    return domain + "." + category + "/" + id;
  }
}
