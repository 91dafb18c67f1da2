package io.searchloop.streams.activation;

import static io.searchloop.streams.activation.TestedActivator.WARM_START;
import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.refused;
import static io.searchloop.streams.testing.Releases.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.ControlAction;
import io.searchloop.streams.testing.TinyPolicy;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What decisions make of releases. */
class ActivatorTest {
  private final TestedActivator worker = new TestedActivator();
  private final Activator activator = worker.activator;
  private final PolicySlot active = worker.active;
  private final RecordingListener listener = worker.listener;

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void servesThePromotedReleaseAndKeepsTheWarmStartAsReference() {
    worker.warmStart();
    worker.release(8, "one", -1, 1, TinyPolicy.artifact(1));
    activator.control(0, control(ControlAction.PROMOTE, 8, -1));
    activator.settle();

    assertThat(active.identity()).contains(new PolicyIdentity(8, "one", 1, -1));
    assertThat(worker.reference.identity()).contains(new PolicyIdentity(WARM_START, "warm", 0, -1));
    assertThat(activator.status().head().activeVersion()).isEqualTo(8);
  }

  @Test
  void servesNothingBeforeAPromotion() {
    worker.warmStart();
    activator.settle();

    assertThat(active.identity()).isEmpty();
    assertThat(worker.reference.identity()).isPresent();
  }

  @Test
  void neverActivatesARefusedRelease() {
    worker.promoteWarmStart();
    activator.release(8, refused(manifest("one", -1, 1, TinyPolicy.artifact(1))));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(activator.status().refused()).isEqualTo(1);
    assertThat(activator.status().voided())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.reason()).contains("no release at offset 8"));
  }

  @Test
  void rollbackServesTheNamedReleaseInTheLineageItBegins() {
    worker.promoteWarmStart();
    worker.release(8, "one", -1, 1, TinyPolicy.artifact(1));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    activator.control(5, control(ControlAction.ROLLBACK, WARM_START, 1));
    activator.settle();

    assertThat(active.identity()).contains(new PolicyIdentity(WARM_START, "warm", 0, 5));
    assertThat(listener.retired).extracting(PolicyIdentity::version).containsExactly(3L, 8L);
  }

  @Test
  void rollbackToTheServingReleaseChangesItsLineage() {
    worker.promoteWarmStart();
    activator.control(5, control(ControlAction.ROLLBACK, WARM_START, 0));
    activator.settle();

    assertThat(active.identity()).contains(new PolicyIdentity(WARM_START, "warm", 0, 5));
  }

  @Test
  void ignoresPromotionsOfAWithdrawnLineage() {
    worker.promoteWarmStart();
    activator.control(5, control(ControlAction.ROLLBACK, WARM_START, 0));
    worker.release(9, "late", -1, 2, TinyPolicy.artifact(2));
    activator.control(6, control(ControlAction.PROMOTE, 9, 5));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(activator.status().voided())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.reason()).contains("lineage -1"));
  }

  @Test
  void obeysADecisionThatIsReadBeforeItsRelease() {
    worker.promoteWarmStart();
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);

    worker.release(8, "one", -1, 1, TinyPolicy.artifact(1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(8L);
  }

  @Test
  void triesAgainWhenChunksCannotBeReadNow() {
    boolean[] away = {true};
    PolicyArtifact artifact = TinyPolicy.artifact(1);
    Activator patient =
        worker.activator(
            manifest -> {
              if (away[0]) {
                throw new TimeoutException("broker away");
              }
              return Map.of(0, artifact.toBytes());
            },
            TrustedKeys.UNSIGNED);
    patient.release(WARM_START, released(manifest("warm", -1, 0, artifact)));
    patient.control(0, control(ControlAction.PROMOTE, WARM_START, -1));

    assertThatThrownBy(patient::settle).isInstanceOf(TimeoutException.class);
    assertThat(listener.rejected).isEmpty();

    away[0] = false;
    patient.settle();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
  }

  @Test
  void aReleaseWhoseChunksComeLaterIsServedWithoutANewDecision() {
    worker.promoteWarmStart();
    worker.release(8, "one", -1, 1, TinyPolicy.artifact(1));
    Map<Integer, byte[]> late = worker.chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    worker.chunks.put("one", late);
    assertThat(activator.retryDue()).isFalse();

    worker.now = worker.now.plusSeconds(2);
    assertThat(activator.retryDue()).isTrue();
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(8L);
  }
}
