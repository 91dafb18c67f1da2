package io.searchloop.schemas.serde;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Lets Avro make our generated classes. It refuses every class that nobody named, and the system
 * property it asks would have to be set on each TaskManager, trainer and worker; this adds to
 * whatever is trusted already. Flink gives each job an Avro of its own, so each asks once.
 */
public final class TrustedClasses {
  private static final String OURS = "io.searchloop.schemas.";

  static {
    ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
    ClassSecurityPredicate ours = type -> type.getName().startsWith(OURS);
    ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(before, ours));
  }

  private TrustedClasses() {}

  /** Trusts them from now on; call it before the first record is read. */
  public static void trust() {
    // Done by the static initialiser, once.
  }
}
