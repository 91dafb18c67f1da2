package io.searchloop.streams.testing;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.ControlAction;
import io.searchloop.streams.activation.ActivationListeners;
import io.searchloop.streams.activation.Activator;
import io.searchloop.streams.activation.PolicyLoader;
import io.searchloop.streams.activation.PolicySlot;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.slates.SlateStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Two slots with the real activator before them, for tests of what serves from slots. */
public final class Slots implements AutoCloseable {
  public static final long VERSION = 3;

  /** Slates that are kept. */
  public static final int SLATES = 2;

  public final ServingMetrics metrics = new ServingMetrics();
  private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
  public final SlateStore slates = new SlateStore(SLATES, metrics);
  public final PolicySlot active =
      new PolicySlot("active", clock, ActivationListeners.of(slates, metrics));
  public final PolicySlot reference = new PolicySlot("reference", clock, metrics);
  private final PolicyArtifact artifact;
  public final Activator activator;

  /** Slots that the artifact can be put into. */
  public Slots(PolicyArtifact artifact, SelfTest selfTest) {
    this.artifact = artifact;
    this.activator =
        new Activator(
            new PolicyLoader(
                manifest -> Map.of(0, artifact.toBytes()), selfTest, SessionSettings.cpu(1)),
            active,
            reference,
            metrics);
  }

  /** Empty slots. */
  public static Slots empty() {
    return new Slots(TinyPolicy.artifact(1), new SelfTest(new SamplerSettings(2, 1)));
  }

  /** Both slots serve the warm start at {@link #VERSION}. */
  public static Slots filled() {
    Slots slots = empty();
    slots.promote();
    return slots;
  }

  /** Releases and promotes the artifact. */
  public void promote() {
    activator.release(VERSION, released(manifest("warm", -1, 0, artifact)));
    activator.control(0, control(ControlAction.PROMOTE, VERSION, -1));
    activator.settle();
  }

  /** Releases and promotes the artifact once more, as the next version and step. */
  public void promoteNext() {
    activator.release(VERSION + 1, released(manifest("next", -1, 1, artifact)));
    activator.control(1, control(ControlAction.PROMOTE, VERSION + 1, 0));
    activator.settle();
  }

  /** Goes back to {@link #VERSION} after {@link #promoteNext}. */
  public void rollBack() {
    activator.control(2, control(ControlAction.ROLLBACK, VERSION, 1));
    activator.settle();
  }

  @Override
  public void close() {
    active.close();
    reference.close();
  }
}
