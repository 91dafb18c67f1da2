package io.searchloop.app.study.sessions;

import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.util.ArrayList;
import java.util.List;

/**
 * Sessions as supervised pairs. One query ends many sessions, so the source of a pair is the name
 * of its session, and this source of contexts makes of the name what a student is shown. Any other
 * text is a query without context. One thread.
 */
final class SessionLessons implements ContextSource {
  private static final String NEXT = "session: next ";
  private static final String INTENT = "session: kind ";

  /** A fifth of the lessons of a student that learns intents. */
  private static final double INTENT_WEIGHT = .25;

  private final ContextKind kind;
  private final List<ShoppingSession> sessions;
  private final QueryAnnotations annotations;

  SessionLessons(ContextKind kind, List<ShoppingSession> sessions, QueryAnnotations annotations) {
    this.kind = kind;
    this.sessions = List.copyOf(sessions);
    this.annotations = annotations;
  }

  /** Each session to its next query; to the kind of its product too where intents are taught. */
  List<WeightedPair> pairs() {
    List<WeightedPair> pairs = new ArrayList<>();
    for (int i = 0; i < sessions.size(); i++) {
      ShoppingSession session = sessions.get(i);
      pairs.add(new WeightedPair(NEXT + i, session.next(), 1));
      if (kind == ContextKind.SESSION_INTENT && !session.kind().isEmpty()) {
        pairs.add(new WeightedPair(INTENT + i, session.kind(), INTENT_WEIGHT));
      }
    }
    return pairs;
  }

  @Override
  public QueryContext of(String source) {
    if (source.startsWith(NEXT)) {
      return kind.context(named(source, NEXT), annotations);
    }
    return source.startsWith(INTENT)
        ? ContextKind.intent(named(source, INTENT))
        : QueryContext.of(source);
  }

  private ShoppingSession named(String source, String prefix) {
    return sessions.get(Integer.parseInt(source.substring(prefix.length())));
  }
}
