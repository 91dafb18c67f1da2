package io.searchloop.search.arms;

/** Leaves every query as typed: the control that each other arm is compared with. */
public final class IdentityArm implements RewriteArm {

  @Override
  public String name() {
    return "identity";
  }

  @Override
  public String rewrite(String query) {
    return query;
  }
}
