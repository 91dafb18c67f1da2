package io.searchloop.streams.activation;

import static io.searchloop.streams.activation.TestedActivator.WARM_START;
import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;
import static io.searchloop.streams.testing.Releases.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.streams.testing.TinyPolicy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Releases that cannot be used, by damage or by design, before an activator that serves. */
class RejectedReleaseTest {
  private static final SigningKey KEY = SigningKey.generate(new SecureRandom());

  private final TestedActivator worker = new TestedActivator();
  private final Activator activator = worker.activator;
  private final PolicySlot active = worker.active;
  private final RecordingListener listener = worker.listener;

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void keepsTheOldVersionWhenBytesDifferFromTheManifest() {
    worker.promoteWarmStart();
    PolicyArtifact good = TinyPolicy.artifact(1);
    worker.release(8, "one", -1, 1, good);
    byte[] tampered = good.toBytes();
    tampered[tampered.length / 2] ^= 1;
    worker.chunks.put("one", Map.of(0, tampered));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.HASH, "SHA-256");
  }

  @Test
  void keepsTheOldVersionWhenAChunkIsMissing() {
    worker.promoteWarmStart();
    worker.release(8, "one", -1, 1, TinyPolicy.artifact(1));
    worker.chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.INCOMPLETE, "chunk 0 of 1 is missing");
  }

  @Test
  void keepsTheOldVersionWhenAReleaseIsCutOff() {
    worker.promoteWarmStart();
    PolicyArtifact good = TinyPolicy.artifact(1);
    worker.release(8, "one", -1, 1, good);
    worker.chunks.put("one", Map.of(0, Arrays.copyOf(good.toBytes(), good.toBytes().length / 2)));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.INCOMPLETE, "chunks hold");
  }

  @Test
  void keepsTheOldVersionWhenTokenizerAndGraphDisagree() {
    worker.promoteWarmStart();
    worker.releaseBytes(8, "one", TinyPolicy.withATokenTooMany());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.VOCABULARY, "Tokenizer has");
  }

  @Test
  void keepsTheOldVersionWhenTheManifestIsOfANewerFormat() {
    worker.promoteWarmStart();
    String newer =
        new String(manifest("one", -1, 1, TinyPolicy.artifact(1)).toJson(), UTF_8)
            .replace("\"format\":1", "\"format\":9");
    activator.release(
        8,
        PolicyRelease.newBuilder()
            .setReleaseId("one")
            .setStatus(ReleaseStatus.RELEASED)
            .setManifest(ByteBuffer.wrap(newer.getBytes(UTF_8)))
            .build());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.FORMAT, "Manifest format 9");
  }

  @Test
  void keepsTheOldVersionWhenTheSelfTestFails() {
    worker.promoteWarmStart();
    worker.release(8, "one", -1, 1, TinyPolicy.withoutFiniteLogits());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.SELF_TEST, "self-test");
  }

  @Test
  void triesARejectedReleaseOnceForEachDecision() {
    worker.promoteWarmStart();
    worker.release(8, "one", -1, 1, TinyPolicy.artifact(1));
    Map<Integer, byte[]> kept = worker.chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    activator.settle();
    assertThat(listener.rejected).hasSize(1);

    worker.chunks.put("one", kept);
    activator.control(2, control(ControlAction.PROMOTE, 8, 1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(8L);
  }

  @Test
  void servesWhatATrustedKeySignedAndNothingElse() {
    try (PolicySlot slot = new PolicySlot("active", worker.clock, listener)) {
      Activator strict =
          new Activator(
              worker.loader(worker::stored, TrustedKeys.of(KEY.trusted())),
              slot,
              worker.candidate,
              worker.reference,
              listener,
              worker.clock);
      PolicyArtifact artifact = TinyPolicy.artifact(0);
      worker.store("warm", artifact.toBytes());
      strict.release(3, signed(released(manifest("warm", -1, 0, artifact)), KEY));
      strict.release(4, released(manifest("unsigned", -1, 1, artifact)));
      SigningKey thief = SigningKey.generate(new SecureRandom());
      strict.release(5, signed(released(manifest("stolen", -1, 2, artifact)), thief));
      PolicyRelease changed = signed(released(manifest("mine", -1, 3, artifact)), KEY);
      changed.getManifest().put(changed.getManifest().limit() - 3, (byte) '7');
      strict.release(6, changed);
      for (int version = 3; version <= 6; version++) {
        strict.control(
            version, control(ControlAction.PROMOTE, version, version == 3 ? -1 : version - 1));
        strict.settle();
      }

      assertThat(slot.identity()).map(PolicyIdentity::version).contains(3L);
      assertThat(strict.status().rejected())
          .extracting(PolicyState.Rejected::fault)
          .containsExactly(
              ReleaseFault.UNSIGNED, ReleaseFault.UNTRUSTED_KEY, ReleaseFault.SIGNATURE);
    }
  }

  private void assertServesWarmStartAndRejects(ReleaseFault fault, String reason) {
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(active.acquire()).hasValueSatisfying(PolicyLease::close);
    assertThat(listener.rejected)
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.fault()).isEqualTo(fault);
              assertThat(rejected.reason()).contains(reason);
            });
    assertThat(activator.status().rejected()).isEqualTo(listener.rejected);
  }
}
