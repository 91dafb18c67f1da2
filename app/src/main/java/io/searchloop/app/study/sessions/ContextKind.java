package io.searchloop.app.study.sessions;

import io.searchloop.policy.rewrite.QueryContext;
import java.util.List;
import java.util.Locale;

/** What a student is shown of a session; all have the same prompt sections, some empty. */
enum ContextKind {
  /** The last query alone, as policies without context. */
  LAST,
  /** It and up to three queries before it (context-aware rewriting, arXiv 2209.07584). */
  SESSION,
  /** It and what the catalogue recognises in it. */
  ANNOTATIONS,
  /** As {@link #SESSION}, and taught to name the kind of the product when asked for it. */
  SESSION_INTENT;

  /** What stands in place of annotations to ask for the kind instead of a rewrite. */
  private static final List<String> INTENT_WANTED = List.of("kind ?");

  /** Name in tables, such as {@code session+intent}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '+');
  }

  /** What is shown to get the next query. */
  QueryContext context(ShoppingSession session, QueryAnnotations annotations) {
    return switch (this) {
      case LAST -> QueryContext.of(session.last());
      case SESSION, SESSION_INTENT -> withSession(session, List.of());
      case ANNOTATIONS ->
          new QueryContext(
              session.last(), "", annotations.of(session.last()), List.of(), List.of());
    };
  }

  /** What is shown to get the kind of the product. */
  static QueryContext intent(ShoppingSession session) {
    return withSession(session, INTENT_WANTED);
  }

  private static QueryContext withSession(ShoppingSession session, List<String> annotations) {
    return new QueryContext(session.last(), "", annotations, session.earlier(), List.of());
  }
}
