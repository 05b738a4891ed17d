package dev.zamok.hub.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.hub.TestTls;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.Test;

class TlsContextsTest {
  @Test
  void boringSslIsTakenWhereItIsThereAndTheJdkSpeaksTheSameElsewhere() {
    SslContext context = TlsContexts.server(TestTls.get());
    boolean openSsl =
        context instanceof OpenSslContext || context instanceof ReferenceCountedOpenSslContext;
    assertThat(openSsl).isEqualTo(OpenSsl.isAvailable());
    ReferenceCountUtil.release(context);
    SslContext jdk = TlsContexts.server(TestTls.get(), SslProvider.JDK);
    assertThat(jdk.applicationProtocolNegotiator().protocols()).containsExactly("http/1.1");
    assertThat(jdk.cipherSuites())
        .isNotEmpty()
        .allMatch(name -> name.matches(".*(GCM|CHACHA20).*"));
  }
}
