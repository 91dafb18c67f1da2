package io.searchloop.streams.http;

import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.access.Person;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.JsonFields;
import io.searchloop.streams.activation.ActivationStatus;
import io.searchloop.streams.control.ControlDesk;
import io.searchloop.streams.control.RollbackOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /v1/policy/rollback}: appends the decision and answers with its verdict once this
 * worker has obeyed it. The worker takes orders only where that is allowed (docs/adr/0038), and
 * only as JSON, which no page of another site can make a browser send unasked. Their author is
 * whoever signed in, where users sign in (docs/adr/0061). What only the loop overtook is repeated.
 */
final class RollbackEndpoint implements Endpoint {
  private static final long MISSING = Long.MIN_VALUE;

  private final ControlDesk desk;
  private final boolean allowed;
  private final Duration timeout;
  private final InstantSource clock;

  /**
   * @param allowed whether orders are taken at all
   * @param timeout how long to wait for a verdict, and to begin further attempts
   */
  RollbackEndpoint(ControlDesk desk, boolean allowed, Duration timeout, InstantSource clock) {
    this.desk = desk;
    this.allowed = allowed;
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public CompletableFuture<HttpReply> answer(HttpCall call) {
    require(
        allowed,
        ProblemType.FORBIDDEN,
        "This worker takes no orders over HTTP. Use ./searchloop policy rollback, or set serving.control-over-http=true and serving.users.");
    require(
        call.contentType().startsWith("application/json"),
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "Content-Type is '%s', expected application/json.".formatted(call.contentType()));
    RollbackOrder order = read(call);
    require(
        desk.knows(order.toVersion()),
        ProblemType.UNKNOWN_RELEASE,
        "Field `to_version` is %d, and no release is known at this offset. Choose one of ./searchloop policy list."
            .formatted(order.toVersion()));
    return attempt(desk.renewed(order), clock.instant().plus(timeout));
  }

  /**
   * @param until when to begin no further attempt: its author may have given up and ordered
   *     something else
   */
  private CompletableFuture<HttpReply> attempt(RollbackOrder order, Instant until) {
    return desk.append(order)
        .thenApply(offset -> verdict(order, offset, until))
        .exceptionally(failure -> CompletableFuture.completedFuture(unavailable(failure)))
        .thenCompose(reply -> reply);
  }

  /** Verdicts come on the feed's thread, which must not wait for a further attempt. */
  private CompletableFuture<HttpReply> verdict(RollbackOrder order, long offset, Instant until) {
    return desk.verdict(offset)
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), timeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenComposeAsync(
            verdict ->
                verdict
                    .map(known -> next(order, known, until))
                    .orElseGet(() -> CompletableFuture.completedFuture(pending(offset))));
  }

  private CompletableFuture<HttpReply> next(RollbackOrder order, Verdict verdict, Instant until) {
    if (verdict.effective()) {
      return CompletableFuture.completedFuture(obeyed(verdict));
    }
    RollbackOrder renewed = desk.renewed(order);
    return renewed.equals(order) || !clock.instant().isBefore(until)
        ? CompletableFuture.completedFuture(overtaken(order, verdict))
        : attempt(renewed, until);
  }

  private RollbackOrder read(HttpCall call) {
    JsonFields fields = new JsonFields(Json.object(call.body()));
    try {
      long version = fields.longInteger("to_version", MISSING);
      long head = fields.longInteger("expected_head", desk.status().head().headOffset());
      String who = author(fields.text("who"), call.person());
      String why = fields.text("why");
      fields.end();
      require(
          version != MISSING && !who.isBlank() && !why.isBlank(),
          ProblemType.BAD_REQUEST,
          "Fields `to_version`, `who` and `why` are expected, one is missing or blank: the control log says who decided what and why.");
      require(
          !who.equals(ControlLog.LOOP),
          ProblemType.BAD_REQUEST,
          "Field `who` is '%s', which is how the loop signs; expected the name of a person."
              .formatted(who));
      return new RollbackOrder(version, head, who, why);
    } catch (FieldException e) {
      throw new ProblemException(ProblemType.BAD_REQUEST, e.detail());
    }
  }

  private static String author(String given, Person person) {
    require(
        !person.known() || given.isBlank() || given.equals(person.name()),
        ProblemType.BAD_REQUEST,
        "Field `who` is '%s', expected '%s', who is signed in. Leave it out."
            .formatted(given, person.name()));
    return person.known() ? person.name() : given;
  }

  private HttpReply obeyed(Verdict verdict) {
    return HttpReply.json(HttpReply.OK, new VerdictReply(verdict, desk.status().head()));
  }

  private HttpReply overtaken(RollbackOrder order, Verdict verdict) {
    ActivationStatus now = desk.status();
    return new ProblemException(
            ProblemType.OVERTAKEN,
            "Rollback to %d at offset %d is void: %s The head is now %d, decided by '%s': version %d serves, lineage %d. Decide again upon that head, if still needed."
                .formatted(
                    order.toVersion(),
                    verdict.offset(),
                    verdict.reason(),
                    now.head().headOffset(),
                    now.headBy(),
                    now.head().activeVersion(),
                    now.head().lineage()))
        .reply();
  }

  /** Stored, so it will be obeyed or void; asking again would only race with it. */
  private static HttpReply pending(long offset) {
    return HttpReply.json(
        HttpReply.ACCEPTED,
        Map.of(
            "offset",
            offset,
            "detail",
            "The decision is stored and not folded here yet. Look at /v1/policy; do not send it again."));
  }

  private static HttpReply unavailable(Throwable failure) {
    return ProblemException.retryLater(
            ProblemType.CONTROL_UNAVAILABLE,
            "Kafka has not taken the decision in time: %s. Look at /v1/policy whether it arrived after all, then send it again."
                .formatted(failure.getMessage()))
        .reply();
  }

  private static void require(boolean condition, ProblemType type, String detail) {
    if (!condition) {
      throw new ProblemException(type, detail);
    }
  }

  private record VerdictReply(Verdict verdict, PolicyHead head) {}
}
