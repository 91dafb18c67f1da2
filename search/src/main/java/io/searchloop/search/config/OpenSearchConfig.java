package io.searchloop.search.config;

import io.searchloop.schemas.config.Setting;
import io.searchloop.search.opensearch.OpenSearchSettings;
import io.searchloop.search.opensearch.OpenSearchSettings.ForeignIndex;
import io.searchloop.search.opensearch.SearchedField;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where an OpenSearch is, under {@code search.opensearch}; heeded where it is chosen. */
public record OpenSearchConfig(
    @Setting(value = "http://127.0.0.1:9200", help = "address of OpenSearch") String url,
    @Setting(
            value = "searchloop",
            help = "alias of the catalogue's indices; with read-only an index of yours")
        String index,
    @Setting(value = "false", help = "search an index of yours and never write to it")
        boolean readOnly,
    @Setting(
            value = "",
            help = "with read-only: fields that are searched, such as title^3,description")
        String fields,
    @Setting(
            value = "",
            help = "with read-only: field with the product's id; empty for the document's own id")
        String idField,
    @Setting(value = "title", help = "with read-only: field with the product's title")
        String titleField,
    @Setting(
            value = "",
            help = "file with the Authorization header, such as ApiKey ...; empty for none")
        String authorization,
    @Setting(value = "PT0.5S", help = "longest that one attempt of a search may take")
        Duration timeout,
    @Setting(value = "2", help = "attempts of each request") int attempts,
    @Setting(value = "PT1M", help = "longest that one request of indexing may take")
        Duration indexTimeout,
    @Setting(value = "1", help = "copies of the catalogue's indices") int replicas)
    implements Serializable {

  /** Checks all but the file. */
  public OpenSearchConfig {
    settings(
        url,
        index,
        readOnly,
        fields,
        idField,
        titleField,
        "",
        timeout,
        attempts,
        indexTimeout,
        replicas);
  }

  /**
   * All of it.
   *
   * @throws IllegalArgumentException when the authorization cannot be read
   */
  OpenSearchSettings settings() {
    return settings(
        url,
        index,
        readOnly,
        fields,
        idField,
        titleField,
        authorization.isBlank() ? "" : header(Path.of(authorization)),
        timeout,
        attempts,
        indexTimeout,
        replicas);
  }

  private static OpenSearchSettings settings(
      String url,
      String index,
      boolean readOnly,
      String fields,
      String idField,
      String titleField,
      String header,
      Duration timeout,
      int attempts,
      Duration indexTimeout,
      int replicas) {
    return new OpenSearchSettings(
        URI.create(url),
        index,
        readOnly
            ? Optional.of(new ForeignIndex(SearchedField.list(fields), idField, titleField))
            : Optional.empty(),
        header,
        timeout,
        attempts,
        indexTimeout,
        replicas);
  }

  /** The value of the header is a secret: no message repeats it. */
  private static String header(Path file) {
    String header;
    try {
      header = Files.readString(file).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "search.opensearch.authorization names %s, which cannot be read: %s. Write the header's value into it, or leave the setting empty."
              .formatted(file, e),
          e);
    }
    if (header.isEmpty() || header.lines().count() != 1) {
      throw new IllegalArgumentException(
          "search.opensearch.authorization names %s with %d lines, expected one, such as ApiKey and the key."
              .formatted(file, header.lines().count()));
    }
    return header;
  }
}
