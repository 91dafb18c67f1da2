package io.searchloop.streams.slates;

import io.searchloop.schemas.HeadSlate;
import io.searchloop.streams.activation.PolicyIdentity;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The slates that are valid together: those of one version, in one lineage, over one catalogue.
 * Later generations are greater: a rollback begins a lineage, a promotion raises the version, and a
 * new catalogue raises the epoch.
 */
record Generation(long version, long lineage, long epoch) implements Comparable<Generation> {
  private static final Comparator<Generation> ORDER =
      Comparator.comparingLong(Generation::lineage)
          .thenComparingLong(Generation::version)
          .thenComparingLong(Generation::epoch);

  static Generation of(PolicyIdentity identity, long epoch) {
    return new Generation(identity.version(), identity.lineage(), epoch);
  }

  static Generation of(HeadSlate slate) {
    return new Generation(slate.getPolicyVersion(), slate.getLineage(), slate.getCatalogueEpoch());
  }

  /** Whether a policy sampled them, in the lineage it serves in; false for none. */
  boolean isOf(@Nullable PolicyIdentity identity) {
    return identity != null && version == identity.version() && lineage == identity.lineage();
  }

  @Override
  public int compareTo(Generation other) {
    return ORDER.compare(this, other);
  }
}
