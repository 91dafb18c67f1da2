package io.searchloop.app.console.view;

import io.searchloop.schemas.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** Which versions answered the searches of the policy and canary arms lately. Thread-safe. */
final class ServedVersions {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final int MOST = 20_000;

  private final Deque<Answer> answers = new ArrayDeque<>();

  private record Answer(Instant at, long version) {}

  synchronized void add(Decision decision) {
    String arm = decision.getAssignedArm();
    if (arm.equals("policy") || arm.equals("canary")) {
      answers.addLast(new Answer(decision.getTimestamp(), decision.getPolicyVersion()));
      if (answers.size() > MOST) {
        answers.removeFirst();
      }
    }
  }

  /** Share of answers by version over the ten seconds before an instant; -1 is no policy. */
  synchronized Map<Long, Double> shares(Instant now) {
    while (!answers.isEmpty() && answers.getFirst().at().isBefore(now.minus(WINDOW))) {
      answers.removeFirst();
    }
    Map<Long, Double> shares = new TreeMap<>();
    answers.forEach(answer -> shares.merge(answer.version(), 1.0 / answers.size(), Double::sum));
    return shares;
  }
}
