package io.searchloop.app.trace;

import io.searchloop.app.trace.QueryTrace.TracedCandidate;
import io.searchloop.app.trace.QueryTrace.TracedDecision;
import io.searchloop.app.trace.QueryTrace.TracedEvent;
import io.searchloop.app.trace.QueryTrace.TracedMinibatch;
import io.searchloop.app.trace.QueryTrace.TracedRelease;
import io.searchloop.app.trace.QueryTrace.TracedTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A trace as lines for a person.
 *
 * @param text of this node
 * @param children nodes below it
 */
public record TraceTree(String text, List<TraceTree> children) {
  private static final int MINIBATCHES = 20;

  public TraceTree {
    children = List.copyOf(children);
  }

  /** The lines of a trace. */
  public static List<String> lines(QueryTrace trace) {
    TraceTree root =
        new TraceTree(
            "search " + trace.queryId(),
            List.of(
                new TraceTree(
                    "decisions", trace.decisions().stream().map(TraceTree::decision).toList()),
                release(trace),
                branch("events", trace.events(), TraceTree::event),
                branch("tuples", trace.tuples(), TraceTree::tuple),
                branch("learned from it", trace.learnedFrom(), TraceTree::minibatch)));
    List<String> lines = new ArrayList<>();
    lines.add(root.text());
    root.write("", lines);
    return lines;
  }

  private void write(String indent, List<String> lines) {
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      TraceTree child = children.get(i);
      lines.add(indent + (last ? "└─ " : "├─ ") + child.text());
      child.write(indent + (last ? "   " : "│  "), lines);
    }
  }

  private static <T> TraceTree branch(String name, List<T> items, Function<T, TraceTree> node) {
    return new TraceTree(
        items.isEmpty() ? name + ": none" : name + " (" + items.size() + ")",
        items.stream().map(node).toList());
  }

  private static TraceTree leaf(String format, Object... values) {
    return new TraceTree(format.formatted(values), List.of());
  }

  private static TraceTree decision(TracedDecision decision) {
    List<TraceTree> below = new ArrayList<>();
    if (!decision.query().isEmpty()) {
      below.add(leaf("query: %s", decision.query()));
    }
    below.add(
        leaf(
            "version %d, step %d, lineage %d, catalogue epoch %d",
            decision.policyVersion(),
            decision.step(),
            decision.lineage(),
            decision.catalogueEpoch()));
    below.add(
        leaf(
            "propensity %.4f of the arm, %.4f of the candidate; temperature %s; prompt %s%s",
            decision.armPropensity(),
            decision.assignmentPropensity(),
            decision.temperature(),
            decision.promptHash(),
            decision.slateId().isEmpty() ? "" : "; " + decision.slateId()));
    decision.candidates().forEach(candidate -> below.add(candidate(candidate)));
    if (!decision.page().isEmpty()) {
      below.add(leaf("page: %s", String.join(", ", decision.page())));
    }
    return new TraceTree(
        "%s  %s, arm %s".formatted(decision.at(), decision.mode(), decision.arm()), below);
  }

  private static TraceTree candidate(TracedCandidate candidate) {
    return leaf(
        "%s%s%s%s%s: %d tokens, log-prob %.3f%s",
        candidate.rolloutId(),
        candidate.served() ? ", served" : "",
        candidate.trainable() ? "" : ", not trained on",
        candidate.valid() ? "" : ", invalid",
        candidate.refusedBy().isEmpty() ? "" : ", refused by `" + candidate.refusedBy() + "`",
        candidate.tokens(),
        candidate.logProb(),
        candidate.rewrite().isEmpty() ? "" : " -> " + candidate.rewrite());
  }

  private static TraceTree release(QueryTrace trace) {
    TracedRelease release = trace.release();
    if (release == null) {
      return leaf("release: none, no policy sampled for it");
    }
    List<TraceTree> below = new ArrayList<>();
    below.add(
        leaf(
            "%s of step %d, lineage %d, by code %s, committed %s",
            release.origin(),
            release.step(),
            release.lineage(),
            release.codeVersion(),
            release.committedAt()));
    below.add(leaf("checkpoint %s", release.checkpoint()));
    below.add(leaf("gate %s", release.gate()));
    below.add(leaf("trained from versions %s", release.ancestors()));
    below.add(
        new TraceTree(
            "minibatches [%d, %d): %d trained, refused %s"
                .formatted(
                    release.fromMinibatch(),
                    release.toMinibatch(),
                    release.trainedMinibatches(),
                    release.refusedMinibatches()),
            trace.trainedOn().stream().limit(MINIBATCHES).map(TraceTree::minibatch).toList()));
    return new TraceTree(
        "release %d (%s)".formatted(release.version(), release.releaseId()), below);
  }

  private static TraceTree event(TracedEvent event) {
    return leaf(
        "%s  %s %s%s%s",
        event.at(),
        event.action(),
        event.objectId(),
        event.position() > 0 ? " at position " + event.position() : "",
        event.orderId().isEmpty() ? "" : ", order " + event.orderId());
  }

  private static TraceTree tuple(TracedTuple tuple) {
    return leaf(
        "%s sequence %d, %s: reward %+.4f %s%s, until %s",
        tuple.rolloutId(),
        tuple.sequence(),
        tuple.origin(),
        tuple.reward(),
        tuple.terms(),
        tuple.signal().isEmpty() ? "" : " for " + tuple.signal() + " of " + tuple.item(),
        tuple.outcome());
  }

  private static TraceTree minibatch(TracedMinibatch minibatch) {
    return new TraceTree(
        "minibatch %d, %s of %d, packed %s: %s"
            .formatted(
                minibatch.offset(),
                minibatch.kind(),
                minibatch.groups(),
                minibatch.packedAt(),
                minibatch.version() < 0
                    ? minibatch.outcome()
                    : minibatch.outcome() + " as version " + minibatch.version()),
        minibatch.members().stream()
            .map(
                member ->
                    leaf(
                        "%s sequence %d: reward %+.4f, advantage %+.4f",
                        member.rolloutId(), member.sequence(), member.reward(), member.advantage()))
            .toList());
  }
}
