package io.searchloop.streams.activation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what became of releases. */
final class RecordingListener implements ActivationListener {
  final List<PolicyIdentity> activated = new CopyOnWriteArrayList<>();
  final List<PolicyState.Rejected> rejected = new CopyOnWriteArrayList<>();
  final List<PolicyIdentity> retired = new CopyOnWriteArrayList<>();

  @Override
  public void activated(String slot, PolicyIdentity identity) {
    activated.add(identity);
  }

  @Override
  public void rejected(String slot, PolicyState.Rejected rejection) {
    rejected.add(rejection);
  }

  @Override
  public void retired(String slot, PolicyIdentity identity) {
    retired.add(identity);
  }
}
