package io.searchloop.app.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A small shop's past on disk, in the format of the real logs. */
final class PastDirectory {
  static final String MUG =
      """
      {"id":"m","title":"red mug","description":"","category":null,"brand":null,"attributes":{}}""";
  static final String LAMP =
      """
      {"id":"l","title":"blue lamp","description":"","category":null,"brand":null,"attributes":{}}""";

  private PastDirectory() {}

  static Path write(Path directory, List<String> events) {
    lines(directory.resolve("products.jsonl.gz"), List.of(MUG, LAMP));
    lines(directory.resolve("events.jsonl.gz"), events);
    return directory;
  }

  static String click(
      int id, String user, String query, String searched, String product, String at) {
    return """
        {"event_id":%d,"type":"search_click","user_id":"%s","query":"%s","query_time":"2011-08-11 %s","click_time":"2011-08-11 %s","product_id":"%s"}"""
        .formatted(id, user, query, searched, at, product);
  }

  static String orderLine(
      int id, String type, String order, String user, String product, int quantity, String at) {
    return """
        {"event_id":%d,"type":"%s","order_id":"%s","user_id":"%s","product_id":"%s","quantity":%d,"unit_price_gbp":2.55,"time":"2011-01-%s:00"}"""
        .formatted(id, type, order, user, product, quantity, at);
  }

  private static void lines(Path file, List<String> lines) {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8))) {
      for (String line : lines) {
        out.write(line + "\n");
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
