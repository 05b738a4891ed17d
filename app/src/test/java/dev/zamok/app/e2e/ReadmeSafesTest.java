package dev.zamok.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zamok.app.group.GroupCommands;
import dev.zamok.app.login.Asker;
import dev.zamok.app.safe.SafeCommands;
import dev.zamok.app.secret.FakeDesktop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The commands of the README's section about safes, in its order, against a real server, by people
 * who answer what they are asked. What a reader has of his own is put in: files, the link of the
 * letter, and a second instead of thirty for the clipboard.
 */
class ReadmeSafesTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SAMPLES =
      Path.of("..", "secrets", "src", "test", "resources", "samples");
  private static final String KEPT = "correct horse";

  /** What each line must print, where its remark promises something. */
  private static final Map<String, String> PRINTED =
      Map.of(
          "brian get servers prod --field password", KEPT,
          "ada revoke servers brian", "db/prod",
          "ada list servers", "token",
          "safe receive -", "login: admin",
          "brian receive", "from ada",
          "ada sent", "to brian",
          "ada folder list servers", "you have full and administer it",
          "ada folder rights servers db brian none", "db/prod",
          "brian leave servers", "Provider");

  private final Map<String, String> environment = new HashMap<>();
  private String link = "";
  private String code = "";

  private static List<String> section() throws Exception {
    String readme = Files.readString(README);
    int start = readme.indexOf("\n## Safes\n");
    String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
    List<String> lines = new ArrayList<>();
    boolean fenced = false;
    for (String line : section.lines().toList()) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (fenced) {
        assertThat(line).startsWith("./zamok ");
        lines.add(line.replaceAll("\\s+#.*", "").substring("./zamok ".length()));
      }
    }
    return lines;
  }

  @Test
  void everyLineDoesWhatItSaysInOrder(@TempDir Path place) throws Exception {
    List<String> lines = section();
    assertThat(lines).hasSizeGreaterThan(30);
    try (CommandBed bed = new CommandBed(place)) {
      bed.register("ada", "brian");
      prepare(place, bed);
      for (String line : lines) {
        Commands ran = run(bed, line);
        assertThat(ran.code()).as(line + "\n" + ran.out() + ran.err()).isZero();
        String what = line.replaceFirst("^\\w+ --login ", "");
        assertThat(ran.out()).as(line).contains(PRINTED.getOrDefault(what, ""));
        remember(ran.out());
      }
      assertThat(lines.stream().map(line -> line.replaceFirst("^\\w+ --login ", "")).toList())
          .as("lines of which something is promised")
          .containsAll(PRINTED.keySet());
      assertThat(Files.readString(bed.file("deployed"))).isEqualTo(KEPT);
    }
  }

  /** The files of a reader. */
  private void prepare(Path place, CommandBed bed) throws Exception {
    Files.copy(SAMPLES.resolve("kdbx4-aes-aeskdf.kdbx"), bed.file("export.kdbx"));
    Files.writeString(bed.file("password"), "Großer Schlüssel\n");
    Path script =
        Files.writeString(
            bed.file("deploy.sh"),
            "#!/bin/sh\nprintf %s \"$DB_PASSWORD\" > '" + bed.file("deployed") + "'\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Path desktop = Files.createDirectory(place.resolve("desktop"));
    environment.putAll(new FakeDesktop(desktop).environment());
    environment.put("ZAMOK_FILE_PASSWORD_FILE", bed.file("password").toString());
    environment.put("ZAMOK_SEAL_PASSWORD_FILE", bed.file("password").toString());
  }

  private Commands run(CommandBed bed, String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.split(" +", -1)) {
      words.add(
          switch (word) {
            case "LINK" -> link;
            case "export.kdbx", "servers.sealed", "./deploy.sh" -> bed.file(word).toString();
            default -> word;
          });
    }
    if (words.contains("copy")) {
      words.addAll(List.of("--seconds", "1"));
    }
    if (line.equals("safe receive -")) {
      // Without a login; of the certificate he is asked only where he has not got its fingerprint.
      CommandLine command = SafeCommands.withInput(Map.of(), new Reader(), link + "\n");
      String fingerprint = bed.server().fingerprint();
      return Commands.run(command, List.of("--fingerprint", fingerprint, "receive", "-"));
    }
    assertThat(words.get(1)).isEqualTo("--login");
    String login = words.get(2);
    String[] arguments = words.subList(3, words.size()).toArray(String[]::new);
    return words.contains("watch")
        ? watched(bed.start(command(words.get(0), login), login, arguments))
        : bed.run(command(words.get(0), login), login, arguments);
  }

  /** Until he presses Ctrl-C. */
  private static Commands watched(RunningCommand watch) {
    watch.err.await("watching servers");
    int code = watch.interrupt();
    return new Commands(code, watch.out.all(), watch.err.all());
  }

  private CommandLine command(String name, String login) {
    Map<String, String> own = new HashMap<>(environment);
    own.putAll(Commands.passwords(login));
    return switch (name) {
      case "safe" -> SafeCommands.withInput(own, new Reader(), link + "\n");
      case "group" -> GroupCommands.commandLine(own, new Reader());
      case "run" -> SafeCommands.run(Person.password(login), Person.master(login));
      default -> throw new AssertionError("a command that this test does not know: " + name);
    };
  }

  /** What was handed out last is what the next one is given. */
  private void remember(String out) {
    Matcher shown = Pattern.compile("(?m)^(?:link: )?(https://\\S+)$").matcher(out);
    if (shown.find()) {
      link = shown.group(1);
    }
    Matcher told = Pattern.compile("(?m)^code: (.+)$").matcher(out);
    if (told.find()) {
      code = told.group(1);
    }
  }

  /** Somebody who does what the README tells him to. */
  private final class Reader implements Asker {
    @Override
    public boolean isThere() {
      return true;
    }

    @Override
    public char[] secret(String prompt) {
      return switch (prompt) {
        case "the password to keep" -> KEPT.toCharArray();
        case "code of the link", "code of the invitation" -> code.toCharArray();
        default -> throw new AssertionError("the README says nothing of: " + prompt);
      };
    }

    @Override
    public boolean confirms(String question) {
      return question.startsWith("Is it the one");
    }
  }
}
