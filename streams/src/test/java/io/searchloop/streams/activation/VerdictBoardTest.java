package io.searchloop.streams.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VerdictBoardTest {
  private final VerdictBoard board = new VerdictBoard();

  @Test
  void answersAuthorsWhoComeBeforeAndAfterTheFold() {
    CompletableFuture<Verdict> before = board.await(7);

    board.folded(status(6));
    assertThat(before).isNotDone();
    board.folded(status(8));

    assertThat(before).isCompletedWithValue(new Verdict(7, true, ""));
    assertThat(board.await(7)).isCompletedWithValue(new Verdict(7, true, ""));
  }

  @Test
  void saysWhyARecordIsVoid() {
    Verdict overtaken = new Verdict(7, false, "expected head 1, found 6");

    board.folded(status(8, overtaken));

    assertThat(board.await(7)).isCompletedWithValue(overtaken);
    assertThat(board.await(8)).isCompletedWithValue(new Verdict(8, true, ""));
  }

  @Test
  void anAuthorWhoGivesUpTakesNothingFromAnother() {
    CompletableFuture<Verdict> one = board.await(7);
    CompletableFuture<Verdict> other = board.await(7);

    one.cancel(true);
    board.folded(status(7));

    assertThat(other).isCompletedWithValue(new Verdict(7, true, ""));
  }

  private static ActivationStatus status(long readTo, Verdict... voided) {
    return new ActivationStatus(
        PolicyHead.EMPTY, "", -1, readTo, 0, 0, 0, 0, List.of(voided), List.of());
  }
}
