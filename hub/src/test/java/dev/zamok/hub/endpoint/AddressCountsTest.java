package dev.zamok.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.endpoint.AddressCounts.Verdict;
import dev.zamok.hub.limit.HubLimits;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressCountsTest {
  private final AddressCounts counts =
      new AddressCounts(new HubLimits.Counts(1_000, 20, 512, 64, 64, 4));

  @Test
  void anAddressMayHaveSoManyThenIsToldThenDropped() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.1");
    for (int i = 0; i < 20; i++) {
      assertThat(counts.add(address)).isEqualTo(Verdict.TAKE);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(counts.add(address)).isEqualTo(Verdict.REFUSE);
    }
    assertThat(counts.add(address)).isEqualTo(Verdict.DROP);
    assertThat(counts.add(InetAddress.getByName("192.0.2.2"))).isEqualTo(Verdict.TAKE);
    for (int i = 0; i < 22; i++) {
      counts.remove(address);
    }
    assertThat(counts.add(address)).isEqualTo(Verdict.TAKE);
  }

  @Test
  void aHostCannotEscapeByChangingItsAddressWithinItsNetwork() throws Exception {
    for (int i = 1; i <= 20; i++) {
      counts.add(InetAddress.getByName("2001:db8::" + i));
    }
    assertThat(counts.add(InetAddress.getByName("2001:db8::ffff:1"))).isEqualTo(Verdict.REFUSE);
    assertThat(counts.add(InetAddress.getByName("2001:db8:0:1::1"))).isEqualTo(Verdict.TAKE);
  }
}
