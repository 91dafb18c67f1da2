package io.searchloop.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.searchloop.schemas.client.ClientConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class AccessRemedyTest {
  @Test
  void namesTheSettingThatMendsIt() {
    assertRemedy(new SaslAuthenticationException("Authentication failed"), "sasl.jaas.config");
    assertRemedy(
        new KafkaException(new SslAuthenticationException("SSL handshake failed")),
        "ssl.truststore.location");
    assertRemedy(new TopicAuthorizationException(Set.of("t")), "./searchloop topics acls");
    assertRemedy(new RestClientException("Unauthorized", 401, 401), "basic.auth.user.info");
    assertRemedy(
        new UncheckedIOException(new SSLHandshakeException("PKIX path building failed")),
        "schema.registry.ssl.truststore.location");
    assertThat(AccessRemedy.of(new SaslAuthenticationException("")))
        .hasValueSatisfying(remedy -> assertThat(remedy).contains(ClientConfig.VARIABLE));
  }

  @Test
  void saysNothingAboutOtherFailures() {
    assertThat(AccessRemedy.of(new IOException("connection refused"))).isEmpty();
    assertThat(AccessRemedy.of(new RestClientException("Not found", 404, 40401))).isEmpty();
    assertThat(AccessRemedy.of(null)).isEmpty();
    assertThat(AccessRemedy.explain(new IOException("connection refused")))
        .isEqualTo("connection refused");
  }

  private static void assertRemedy(Throwable failure, String expected) {
    assertThat(AccessRemedy.of(failure))
        .hasValueSatisfying(remedy -> assertThat(remedy).contains(expected));
  }
}
