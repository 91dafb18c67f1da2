package io.searchloop.schemas.access;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * What to do when Kafka or the registry does not let a client in. Their own messages say what they
 * did not like, and not where that is set.
 */
public final class AccessRemedy {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int DEEPEST = 20;
  private static final String FILE =
      "the client settings (--client-config, kafka.client-config, main.client-config or"
          + " SEARCHLOOP_CLIENT_CONFIG)";

  private AccessRemedy() {}

  /** One sentence for a failure, or for what caused it; empty when it is of another kind. */
  public static Optional<String> of(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      Optional<String> found = ofOne(cause);
      if (found.isPresent()) {
        return found;
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** A failure's message, followed by what to do where that is known. */
  public static String explain(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return of(failure).map(remedy -> message + ". " + remedy).orElse(message);
  }

  private static Optional<String> ofOne(Throwable failure) {
    if (failure instanceof SslAuthenticationException) {
      return Optional.of(
          "Kafka's certificate is not trusted or not its own: name its authority in ssl.truststore.location or ssl.truststore.certificates of "
              + FILE
              + ", and reach the brokers by a name of the certificate.");
    }
    if (failure instanceof AuthenticationException) {
      return Optional.of(
          "Kafka does not know this user or password: correct sasl.mechanism and sasl.jaas.config in "
              + FILE
              + ".");
    }
    if (failure instanceof AuthorizationException) {
      return Optional.of(
          "Kafka knows this user but does not allow him that: ./searchloop topics acls --output commands prints what each component needs.");
    }
    if (failure instanceof RestClientException refused
        && (refused.getStatus() == UNAUTHORIZED || refused.getStatus() == FORBIDDEN)) {
      return Optional.of(
          "The schema registry does not let this user in: correct basic.auth.user.info in "
              + FILE
              + ".");
    }
    if (failure instanceof SSLException) {
      return Optional.of(
          "The schema registry's certificate is not trusted or not its own: name its authority in schema.registry.ssl.truststore.location of "
              + FILE
              + ", and reach it by a name of the certificate.");
    }
    return Optional.empty();
  }
}
