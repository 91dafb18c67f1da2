package io.searchloop.search.opensearch;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an OpenSearch is and how patiently it is asked.
 *
 * @param url of a node or of what stands before several, such as {@code http://search:9200}
 * @param index alias that this loop keeps, or somebody else's index or alias when read-only
 * @param foreign what is read of somebody else's index; empty where the index is ours
 * @param authorization value of the header of that name; empty for none
 * @param timeout longest that one attempt of a search may take
 * @param attempts attempts of each request
 * @param indexTimeout longest that one request of indexing may take
 * @param replicas copies of an index of ours
 */
public record OpenSearchSettings(
    URI url,
    String index,
    Optional<ForeignIndex> foreign,
    String authorization,
    Duration timeout,
    int attempts,
    Duration indexTimeout,
    int replicas) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

  /**
   * What is read of somebody else's index.
   *
   * @param fields that are searched, at least one
   * @param idField field that has the product's id; empty for the document's own id
   * @param titleField field that has its title
   */
  public record ForeignIndex(List<SearchedField> fields, String idField, String titleField) {
    /** Copies the fields; refuses none. */
    public ForeignIndex {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException(
            "fields is empty, expected the fields of the index that are searched, such as title^3,description.");
      }
    }
  }

  /** Checks what can be checked without asking. */
  public OpenSearchSettings {
    require(
        ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
            && url.getHost() != null
            && url.getUserInfo() == null,
        "url",
        url,
        "http:// or https:// with a host, without a password (that is authorization)");
    require(
        NAME.matcher(index).matches(),
        "index",
        index,
        "lower-case letters, digits, . _ and -, a letter or digit first, at most 100");
    require(timeout.toMillis() > 0, "timeout", timeout, "more than zero");
    require(indexTimeout.toMillis() > 0, "index-timeout", indexTimeout, "more than zero");
    require(attempts >= 1, "attempts", attempts, "at least 1");
    require(replicas >= 0, "replicas", replicas, "0 or more");
  }

  /** Without the authorization, which is a secret. */
  @Override
  public String toString() {
    return "OpenSearchSettings[url=" + url + ", index=" + index + "]";
  }

  private static void require(boolean condition, String key, Object found, String expected) {
    if (!condition) {
      throw new IllegalArgumentException("%s is %s, expected %s.".formatted(key, found, expected));
    }
  }
}
