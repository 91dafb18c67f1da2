package io.searchloop.streams.activation;

import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the head of the control log: whatever version it names, once read to the end of both
 * logs, is fetched, verified, tested and swapped in; one that fails leaves the old version serving.
 * Beside it, the release on trial and the warm start serve from slots of their own. A promoted
 * candidate moves to the active slot as it is, so a promotion loads nothing; before any other
 * release is loaded the candidate leaves, so that two policies and the reference are in memory.
 *
 * <p>Owned by one thread, which reports records in log order and then calls {@link #settle}; {@link
 * #status}, {@link #knows} and {@link #verdict} may be asked by any thread.
 */
public final class Activator {
  private static final Logger log = LoggerFactory.getLogger(Activator.class);
  private static final String ACTIVE = "active";
  private static final String CANDIDATE = "candidate";
  private static final String REFERENCE = "reference";
  private static final long UNKNOWN = -1;

  private final ReleaseLog releases = new ReleaseLog();
  private final ControlHistory control = new ControlHistory();
  private final VerdictBoard board = new VerdictBoard();
  private final Map<Attempt, Refusal> refusals = new LinkedHashMap<>();
  private final PolicyLoader loader;
  private final PolicySlot active;
  private final PolicySlot candidate;
  private final PolicySlot reference;
  private final ActivationListener listener;
  private final InstantSource clock;
  private Instant retryAt = Instant.MAX;

  /**
   * @param active slot of the head's version
   * @param candidate slot of the release on trial
   * @param reference slot of the warm start
   * @param clock says when a release that was not whole is tried again
   */
  public Activator(
      PolicyLoader loader,
      PolicySlot active,
      PolicySlot candidate,
      PolicySlot reference,
      ActivationListener listener,
      InstantSource clock) {
    this.loader = loader;
    this.active = active;
    this.candidate = candidate;
    this.reference = reference;
    this.listener = listener;
    this.clock = clock;
  }

  /** Takes note of a release record. */
  public void release(long offset, PolicyRelease release) {
    releases
        .add(offset, release)
        .ifPresent(
            why -> {
              PolicyIdentity unread =
                  new PolicyIdentity(offset, release.getReleaseId(), UNKNOWN, UNKNOWN);
              refuse(ACTIVE, new Attempt(unread, offset), why);
            });
  }

  /** Takes note of a control record. */
  public void control(long offset, PolicyControl record) {
    control.add(offset, record);
  }

  /**
   * Brings the slots in line with the logs. Does nothing when they are.
   *
   * @throws RuntimeException when chunks cannot be read now; the slots are as before, call again
   */
  public void settle() {
    ControlLog folded = control.fold(releases);
    retryAt = Instant.MAX;
    try {
      follow(folded.head());
      followCandidate(folded.head());
      keepReference();
    } finally {
      report(folded);
    }
  }

  /** Whether a release that was not whole is worth another try. */
  public boolean retryDue() {
    return !clock.instant().isBefore(retryAt);
  }

  /** What was last made of the logs. */
  public ActivationStatus status() {
    return board.status();
  }

  /** Whether such a release was read; any thread may ask. */
  public boolean knows(long version) {
    return releases.lineageOf(version).isPresent();
  }

  /**
   * What became of a control record, once it was folded and the slots brought in line with it; any
   * thread may ask. The future completes on the owning thread, so what follows must not wait.
   *
   * @param offset of a record that is in the log
   */
  public CompletableFuture<Verdict> verdict(long offset) {
    return board.await(offset);
  }

  private void follow(PolicyHead head) {
    Optional<ReleaseManifest> manifest = releases.manifest(head.activeVersion());
    if (manifest.isEmpty()) {
      return;
    }
    PolicyIdentity wanted = PolicyIdentity.of(head.activeVersion(), manifest.get(), head.lineage());
    if (active.identity().equals(Optional.of(wanted))) {
      return;
    }
    if (candidate.identity().equals(Optional.of(wanted))) {
      active.adopt(candidate);
      log.info("Candidate promoted: policyVersion={}", wanted.version());
      return;
    }
    // A later decision for the same version is worth another try: chunks may have come back.
    Attempt attempt = new Attempt(wanted, head.headOffset());
    if (due(attempt)) {
      candidate.close(); // two policies at most in memory, beside the reference
      attempt(ACTIVE, active, attempt);
    }
  }

  private void followCandidate(PolicyHead head) {
    long version = head.candidate().version();
    Optional<ReleaseManifest> manifest = releases.manifest(version);
    if (!head.candidate().sampled() || manifest.isEmpty()) {
      candidate.close();
      return;
    }
    PolicyIdentity wanted = PolicyIdentity.of(version, manifest.get(), head.lineage());
    if (!candidate.identity().equals(Optional.of(wanted))) {
      candidate.close();
      Attempt attempt = new Attempt(wanted, head.headOffset());
      if (due(attempt)) {
        attempt(CANDIDATE, candidate, attempt);
      }
    }
  }

  private void keepReference() {
    if (reference.identity().isPresent()) {
      return;
    }
    Optional<Map.Entry<Long, ReleaseManifest>> warmStart = releases.warmStart();
    if (warmStart.isPresent()) {
      ReleaseManifest manifest = warmStart.get().getValue();
      PolicyIdentity wanted =
          PolicyIdentity.of(warmStart.get().getKey(), manifest, manifest.lineage());
      Attempt attempt = new Attempt(wanted, wanted.version());
      if (due(attempt)) {
        attempt(REFERENCE, reference, attempt);
      }
    }
  }

  /** Whether an attempt is worth making now; one that is not yet sets when to look again. */
  private boolean due(Attempt attempt) {
    Refusal earlier = refusals.get(attempt);
    if (earlier == null || !clock.instant().isBefore(earlier.retryAt())) {
      return true;
    }
    retryAt = earlier.retryAt().isBefore(retryAt) ? earlier.retryAt() : retryAt;
    return false;
  }

  private void attempt(String slotName, PolicySlot slot, Attempt attempt) {
    PolicyState.Loading loading = new PolicyState.Loading(attempt.wanted());
    try {
      LoadedPolicy loaded = loader.load(attempt.wanted(), releases);
      slot.activate(loading.verified(), loaded);
      refusals.remove(attempt);
      log.info(
          "Policy activated: slot={} policyVersion={} step={} lineage={}",
          slotName,
          attempt.wanted().version(),
          attempt.wanted().step(),
          attempt.wanted().lineage());
    } catch (InvalidReleaseException e) {
      refuse(slotName, attempt, e);
    }
  }

  /** Pieces may still come; everything else stays as it is until somebody decides anew. */
  private void refuse(String slotName, Attempt attempt, InvalidReleaseException why) {
    PolicyState.Rejected rejection = new PolicyState.Loading(attempt.wanted()).rejected(why);
    Refusal refusal = Refusal.after(refusals.get(attempt), rejection, clock.instant());
    refusals.put(attempt, refusal);
    retryAt = refusal.retryAt().isBefore(retryAt) ? refusal.retryAt() : retryAt;
    listener.rejected(slotName, rejection);
    log.warn(
        "Policy rejected, the slot keeps what it had: slot={} policyVersion={} fault={} reason={}",
        slotName,
        attempt.wanted().version(),
        why.fault(),
        why.getMessage());
  }

  private void report(ControlLog folded) {
    List<Verdict> voided = folded.verdicts().stream().filter(v -> !v.effective()).toList();
    board.folded(
        new ActivationStatus(
            folded.head(),
            control.author(folded.head().headOffset()),
            control.personalHead(folded),
            control.readTo(),
            releases.released(),
            releases.refused(),
            releases.unreadable(),
            folded.verdicts().size() - voided.size(),
            voided,
            refusals.values().stream().map(Refusal::rejection).toList()));
  }

  /** A release wanted by a decision; what is wrong once is not tried again for that decision. */
  private record Attempt(PolicyIdentity wanted, long decision) {}
}
