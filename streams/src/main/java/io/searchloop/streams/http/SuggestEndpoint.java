package io.searchloop.streams.http;

import io.searchloop.search.suggest.Suggestion;
import io.searchloop.search.suggest.Suggestion.Scope;
import io.searchloop.streams.catalogue.Catalogue;
import io.searchloop.streams.catalogue.CatalogueEpoch;
import io.searchloop.streams.lease.Lease;
import io.searchloop.streams.rules.RuleBook;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/suggest?q=dri&limit=8}: completions of what is typed so far. Nothing is decided
 * and nothing logged: what a shopper has not asked yet is nobody's signal.
 */
final class SuggestEndpoint implements Endpoint.ImmediateEndpoint {
  private static final String QUERY = "q";
  private static final String LIMIT = "limit";
  private static final int DEFAULT_LIMIT = 8;
  private static final int MAX_LIMIT = 20;
  private static final int MAX_QUERY = 200;

  private final Catalogue catalogue;
  private final RuleBook rules;

  SuggestEndpoint(Catalogue catalogue, RuleBook rules) {
    this.catalogue = catalogue;
    this.rules = rules;
  }

  @Override
  public HttpReply answer(HttpCall call) {
    String typed = call.parameters().getOrDefault(QUERY, "");
    if (typed.length() > MAX_QUERY) {
      throw bad("`q` has %d characters, expected at most %d.", typed.length(), MAX_QUERY);
    }
    int limit = limit(call.parameters().get(LIMIT));
    try (Lease<CatalogueEpoch> lease =
        catalogue.acquire().orElseThrow(ProblemException::noCatalogue)) {
      List<Suggestion> suggestions = lease.get().suggester().suggest(typed, limit);
      return HttpReply.json(
          HttpReply.OK,
          new SuggestReply(
              suggestions.stream()
                  .filter(suggestion -> rules.allowsSuggesting(suggestion.text()))
                  .map(SuggestionReply::of)
                  .toList()));
    }
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw badLimit(text);
    }
    throw badLimit(text);
  }

  private static ProblemException badLimit(String text) {
    return bad("`limit` is '%s', expected 1 to %d.", text, MAX_LIMIT);
  }

  private static ProblemException bad(String detail, Object... found) {
    return new ProblemException(ProblemType.BAD_REQUEST, "Parameter " + detail.formatted(found));
  }

  /** Answer of {@code GET /v1/suggest}, best first. */
  private record SuggestReply(List<SuggestionReply> suggestions) {}

  /** One suggestion, and what it can be narrowed to. */
  private record SuggestionReply(String text, String source, List<Scope> scopes) {
    static SuggestionReply of(Suggestion suggestion) {
      return new SuggestionReply(
          suggestion.text(),
          suggestion.source().name().toLowerCase(Locale.ROOT),
          suggestion.scopes());
    }
  }
}
