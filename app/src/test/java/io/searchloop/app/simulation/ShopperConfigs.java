package io.searchloop.app.simulation;

import io.searchloop.schemas.config.ConfigBinder;
import java.util.HashMap;
import java.util.Map;

/** Shopper configurations that differ from the defaults in a few keys. */
final class ShopperConfigs {
  private ShopperConfigs() {}

  /** Keys without prefix, each followed by its value. */
  static ShopperConfig with(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("shoppers." + keysAndValues[i], keysAndValues[i + 1]);
    }
    ConfigBinder binder = new ConfigBinder(values);
    ShopperConfig config = binder.bind("shoppers", ShopperConfig.class);
    binder.finish();
    return config;
  }
}
