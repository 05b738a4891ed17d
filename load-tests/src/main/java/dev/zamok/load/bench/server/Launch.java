package dev.zamok.load.bench.server;

import dev.zamok.load.bench.process.Pinning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How servers are started here.
 *
 * @param zamok the command of a hub, up to its arguments
 * @param bare the command of the reference, up to its arguments
 * @param javaOptions for both, beside those of the launcher
 * @param directory for files of the run; on a real disk, or an fsync costs nothing
 */
public record Launch(
    List<String> zamok,
    List<String> bare,
    List<String> javaOptions,
    Pinning pinning,
    Path directory) {
  public Launch {
    zamok = List.copyOf(zamok);
    bare = List.copyOf(bare);
    javaOptions = List.copyOf(javaOptions);
  }

  /** From a checkout: the hub by its launcher, the reference with the same options. */
  public static Launch fromHome(Path home, Pinning pinning, Path directory) {
    List<String> bare = new ArrayList<>();
    bare.add(java());
    bare.add("-Dio.netty.handler.ssl.openssl.bioNonApplicationBufferSize=256");
    bare.add("-XX:+ExitOnOutOfMemoryError");
    if (Runtime.version().feature() >= 24) {
      bare.add("--enable-native-access=ALL-UNNAMED");
      bare.add("--sun-misc-unsafe-memory-access=allow");
    }
    return new Launch(
        List.of(home.resolve("zamok").toString()), bare, List.of(), pinning, directory);
  }

  public Launch withJavaOptions(List<String> others) {
    return new Launch(zamok, bare, others, pinning, directory);
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
