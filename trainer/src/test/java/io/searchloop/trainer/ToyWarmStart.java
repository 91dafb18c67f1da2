package io.searchloop.trainer;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.trainer.warmstart.WarmStart;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The toy shop's warm start and its artifact, both made once for all tests that ask for them. */
record ToyWarmStart(WarmStart trained, PolicyArtifact artifact) implements AutoCloseable {
  static ToyWarmStart train() {
    WarmStart trained = ToyShop.warmStart(300);
    return new ToyWarmStart(trained, trained.artifact(trained.network()));
  }

  @Override
  public void close() {
    trained.close();
  }

  /** Trains for the first test that asks, as that takes longer than most tests. */
  static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ToyWarmStart.class;
    }

    /** The root's store closes it when all tests have ended. */
    @Override
    public ToyWarmStart resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(Namespace.create(ToyWarmStart.class))
          .getOrComputeIfAbsent(ToyWarmStart.class, any -> train(), ToyWarmStart.class);
    }
  }
}
