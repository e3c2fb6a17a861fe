package dev.foldstream.viewstore.rebuild;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A comparison as JSON text. This is the stored form. */
public final class StoredComparison {

  private static final ObjectMapper JSON = new ObjectMapper();

  private StoredComparison() {}

  public static String write(Comparison comparison) {
    try {
      return JSON.writeValueAsString(comparison);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static Comparison read(String json) {
    try {
      return JSON.readValue(json, Comparison.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored comparison was wanted: " + e.getMessage(), e);
    }
  }
}
