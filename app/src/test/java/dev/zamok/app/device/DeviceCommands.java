package dev.zamok.app.device;

import dev.zamok.app.login.Asker;
import dev.zamok.app.login.Surroundings;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import picocli.CommandLine;

/** The device command in surroundings of a test. */
public final class DeviceCommands {
  private DeviceCommands() {}

  public static CommandLine commandLine(Map<String, String> environment, Asker asker) {
    return new CommandLine(
        new DeviceCommand(
            new Surroundings(
                environment,
                InputStream.nullInputStream(),
                Path.of("unused"),
                asker,
                Clock.systemUTC(),
                ZoneOffset.UTC)));
  }
}
