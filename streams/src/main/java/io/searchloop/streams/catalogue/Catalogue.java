package io.searchloop.streams.catalogue;

import io.searchloop.streams.lease.Lease;
import java.util.Optional;

/** The products that can be found now. */
@FunctionalInterface
public interface Catalogue {
  /** A lease on the current epoch; empty before the first. */
  Optional<Lease<CatalogueEpoch>> acquire();
}
