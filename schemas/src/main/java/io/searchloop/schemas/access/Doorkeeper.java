package io.searchloop.schemas.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who knocks, by HTTP Basic. A password takes long to check, so that a stolen file cannot
 * be guessed; whoever was let in once is known again by a keyed digest of what he sent. Under each
 * other name ten attempts a minute are heard from one address, one at a time: behind a proxy all
 * come from one, and a stranger's attempts must not shut out whose name he does not know. Any
 * thread.
 */
public final class Doorkeeper {
  /** Challenge for browsers, which then ask their user. */
  public static final String CHALLENGE = "Basic realm=\"Searchloop\", charset=\"UTF-8\"";

  private static final String SCHEME = "basic ";
  private static final String SEAL = "HmacSHA256";
  private static final int SEAL_BYTES = 32;
  private static final int ATTEMPTS = 10;
  private static final int MOST_REMEMBERED = 1_000;
  private static final long WAIT_MS = 2_000;

  private final @Nullable Users users;
  private final RateLimit attempts;
  private final SecretKeySpec key;
  private final ReentrantLock checking = new ReentrantLock(true);
  private final Map<String, Person> remembered = new ConcurrentHashMap<>();

  private Doorkeeper(@Nullable Users users, InstantSource clock) {
    this.users = users;
    this.attempts = new RateLimit(ATTEMPTS, Duration.ofMinutes(1), clock);
    byte[] secret = new byte[SEAL_BYTES];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, SEAL);
  }

  /** Lets everybody in: for doors that only this machine reaches. */
  public static Doorkeeper asleep() {
    return new Doorkeeper(null, InstantSource.system());
  }

  /** Lets in those who can show that they are one of the users. */
  public static Doorkeeper of(Users users, InstantSource clock) {
    return new Doorkeeper(users, clock);
  }

  /** Whether anybody is asked who he is. */
  public boolean asks() {
    return users != null;
  }

  /** Who it is; blocks while a password is checked. */
  public Admission admit(Knock knock) {
    if (users == null) {
      return new Admission.Admitted(Person.ANYBODY);
    }
    if (knock.authorization().isEmpty()) {
      return new Admission.Unknown(
          "Nobody is signed in, expected a user's name and password (HTTP Basic). Send them; ./searchloop users add makes a user.");
    }
    String seal = seal(knock.authorization());
    Person known = remembered.get(seal);
    if (known != null) {
      return new Admission.Admitted(known);
    }
    Credentials credentials = Credentials.of(knock.authorization());
    return attempts.pass(knock.address() + '\n' + credentials.beginOfName())
        ? check(users, credentials, seal)
        : new Admission.Later(
            "More than %d attempts a minute from this address under this name. Wait a minute."
                .formatted(ATTEMPTS));
  }

  private Admission check(Users known, Credentials credentials, String seal) {
    try {
      if (!checking.tryLock(WAIT_MS, TimeUnit.MILLISECONDS)) {
        return new Admission.Later("Others sign in. Try again in a moment.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Admission.Later("The server stops. Try again in a moment.");
    }
    try {
      Optional<Person> person =
          credentials.equals(Credentials.NONE)
              ? Optional.empty()
              : known.signIn(credentials.name(), credentials.password());
      person
          .filter(found -> remembered.size() < MOST_REMEMBERED)
          .ifPresent(found -> remembered.put(seal, found));
      return person
          .<Admission>map(Admission.Admitted::new)
          .orElseGet(
              () ->
                  new Admission.Unknown(
                      "Name or password is wrong. Correct them, or ask whoever keeps the file of users."));
    } finally {
      checking.unlock();
    }
  }

  private String seal(String authorization) {
    try {
      Mac mac = Mac.getInstance(SEAL);
      mac.init(key);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(authorization.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + SEAL, e);
    }
  }

  /** What HTTP Basic carries; both are empty where it carries none. */
  private record Credentials(String name, String password) {
    private static final Credentials NONE = new Credentials("", "");
    private static final int MOST_OF_A_NAME = 64;

    static Credentials of(String authorization) {
      if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        return NONE;
      }
      try {
        String[] pair =
            new String(
                    Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip()),
                    StandardCharsets.UTF_8)
                .split(":", 2);
        return pair.length == 2 ? new Credentials(pair[0], pair[1]) : NONE;
      } catch (IllegalArgumentException e) { // no Base64
        return NONE;
      }
    }

    /** Enough to tell people apart, and no more memory than that for a name of kilobytes. */
    String beginOfName() {
      return name.substring(0, Math.min(name.length(), MOST_OF_A_NAME));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
