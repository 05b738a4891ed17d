package dev.zamok.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zamok.app.UserError;
import dev.zamok.app.config.HubSettings;
import dev.zamok.app.config.ListenAddress;
import dev.zamok.app.config.NodeSettings;
import org.junit.jupiter.api.Test;

class HubSideTest {
  private static final HubSettings DEFAULTS = NodeSettings.read(null).hub();

  @Test
  void aHubInTheClearIsRefusedOnAnythingButLoopback() {
    assertThatThrownBy(() -> HubSide.config(ListenAddress.parse("0.0.0.0:8443"), DEFAULTS, null))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("only a loopback address may be served in the clear");
  }

  @Test
  void aHubInTheClearMayServeLoopback() {
    assertThat(HubSide.config(ListenAddress.parse("127.0.0.1:0"), DEFAULTS, null).endpoint().tls())
        .isNull();
  }
}
