package io.searchloop.streams.http;

import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.JsonFields;
import io.searchloop.streams.decision.RewriteRequest;
import java.util.List;

/**
 * Body of a search or rewrite.
 *
 * @param limit most results, from one
 */
record ShopperRequest(RewriteRequest rewrite, int limit) {
  private static final int MAX_QUERY = 1_000;
  private static final int MAX_ID = 200;

  /** Of a BCP 47 tag with room to spare. */
  private static final int MAX_LOCALE = 50;

  private static final int MAX_LIMIT = 100;
  private static final int MAX_TEXTS = 20;

  /**
   * Reads a body.
   *
   * @param defaultLimit results when the body names no limit
   * @throws ProblemException naming the field that cannot be used
   */
  static ShopperRequest read(HttpCall call, int defaultLimit) {
    JsonFields fields = new JsonFields(Json.object(call.body()));
    try {
      String query = fields.text("query");
      String clientId = fields.text("client_id");
      String sessionId = fields.text("session_id");
      String locale = fields.text("locale");
      List<String> annotations = texts(fields, "annotations");
      List<String> sessionQueries = texts(fields, "session_queries");
      int limit = fields.integer("limit", defaultLimit);
      fields.end();
      require(!query.isBlank(), "Field `query` is missing or blank, expected the typed text.");
      requireLength("query", query, MAX_QUERY);
      requireLength("client_id", clientId, MAX_ID);
      requireLength("session_id", sessionId, MAX_ID);
      requireLength("locale", locale, MAX_LOCALE);
      require(
          !clientId.isEmpty() || !sessionId.isEmpty(),
          "Fields `client_id` and `session_id` are missing, expected at least one: without a visitor no result can be learnt from.");
      require(
          limit >= 1 && limit <= MAX_LIMIT,
          "Field `limit` is %d, expected 1 to %d.".formatted(limit, MAX_LIMIT));
      return new ShopperRequest(
          new RewriteRequest(query, clientId, sessionId, locale, annotations, sessionQueries),
          limit);
    } catch (FieldException e) {
      throw new ProblemException(ProblemType.BAD_REQUEST, e.detail());
    }
  }

  private static List<String> texts(JsonFields fields, String name) {
    List<String> texts = fields.texts(name);
    require(
        texts.size() <= MAX_TEXTS,
        "Field `%s` has %d texts, expected at most %d. Send the newest."
            .formatted(name, texts.size(), MAX_TEXTS));
    require(
        texts.stream().noneMatch(text -> text.isBlank() || text.length() > MAX_QUERY),
        "Field `%s` has a text that is blank or longer than %d characters. Leave it out."
            .formatted(name, MAX_QUERY));
    return texts;
  }

  private static void requireLength(String name, String value, int most) {
    require(
        value.length() <= most,
        "Field `%s` has %d characters, expected at most %d.".formatted(name, value.length(), most));
  }

  private static void require(boolean condition, String detail) {
    if (!condition) {
      throw new ProblemException(ProblemType.BAD_REQUEST, detail);
    }
  }
}
