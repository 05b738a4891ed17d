package dev.zamok.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Another process of this program, on the same Java with the same options and classes. */
public final class SameJava {
  private static final Set<String> WHAT_TO_RUN = Set.of("-cp", "-classpath", "-jar");

  private SameJava() {}

  /**
   * The command line that runs {@code zamok} with {@code arguments}.
   *
   * @param options for Java, after those of this process
   */
  public static List<String> command(List<String> options, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ProcessHandle.current().info().arguments().stream()
            .flatMap(Stream::of)
            .takeWhile(argument -> argument.startsWith("-") && !WHAT_TO_RUN.contains(argument))
            .toList());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    return command;
  }
}
