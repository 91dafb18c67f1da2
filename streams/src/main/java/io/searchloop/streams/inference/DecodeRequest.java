package io.searchloop.streams.inference;

import io.searchloop.policy.rewrite.RewriteFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * N answers to one prompt, while they are decoded. Rows belong to the thread that leads the batch;
 * {@link #await} and {@link #result} to the thread that asked, and what the leader wrote before it
 * spoke is visible after.
 */
final class DecodeRequest {
  private final OnnxPolicy policy;
  private final int[] prompt;
  private final TokenDraw draw;
  private final Deadline deadline;
  private final List<Row> rows;
  private final CompletableFuture<Optional<RowBatch>> turn = new CompletableFuture<>();
  private volatile boolean done;
  private @Nullable List<Rollout> rollouts;
  private @Nullable RuntimeException failure;

  DecodeRequest(
      OnnxPolicy policy, int[] prompt, int candidates, TokenDraw draw, Deadline deadline) {
    this.policy = policy;
    this.prompt = prompt;
    this.draw = draw;
    this.deadline = deadline;
    int longest = policy.format().maxRewriteTokens();
    this.rows = Stream.generate(() -> new Row(new Answer(longest))).limit(candidates).toList();
  }

  OnnxPolicy policy() {
    return policy;
  }

  int[] prompt() {
    return prompt;
  }

  /** Candidates in drawing order. */
  List<Row> rows() {
    return rows;
  }

  TokenDraw draw() {
    return draw;
  }

  boolean late() {
    return deadline.passed();
  }

  boolean done() {
    return done;
  }

  /** Whether it went wrong. */
  boolean failed() {
    return failure != null;
  }

  /** All answers ended. */
  void complete() {
    RewriteFormat format = policy.format();
    rollouts = rows.stream().map(row -> row.answer().rollout(format)).toList();
    finish();
  }

  /** Ends without answers, because it is too late or went wrong. */
  void abandon(@Nullable RuntimeException reason) {
    failure = reason;
    finish();
  }

  /** Makes the thread that asked the leader of a batch. */
  void appoint(RowBatch batch) {
    turn.complete(Optional.of(batch));
  }

  /** Waits; empty when the request is done, else a batch to lead until it is. */
  Optional<RowBatch> await() {
    return turn.join();
  }

  /** The answers; empty when the deadline passed before. */
  Optional<List<Rollout>> result() {
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(rollouts);
  }

  private void finish() {
    done = true;
    turn.complete(Optional.empty());
  }

  /** One candidate: its answer, where it decodes, and how much it has cached. */
  static final class Row {
    private static final int NOWHERE = -1;

    private final Answer answer;
    private int slot = NOWHERE;
    private int length;
    private int token;

    Row(Answer answer) {
      this.answer = answer;
    }

    Answer answer() {
      return answer;
    }

    int slot() {
      return slot;
    }

    int length() {
      return length;
    }

    int token() {
      return token;
    }

    void place(int at, int cached) {
      slot = at;
      length = cached;
    }

    void move(int at) {
      slot = at;
    }

    void leave() {
      slot = NOWHERE;
    }

    boolean placed() {
      return slot != NOWHERE;
    }

    void grow() {
      length++;
    }

    void drawn(int id) {
      token = id;
    }
  }
}
