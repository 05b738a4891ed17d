package dev.zamok.app.secret;

import dev.zamok.app.chat.show.Visible;
import dev.zamok.protocol.json.Json;
import dev.zamok.secrets.imports.ImportFormat;
import dev.zamok.secrets.intake.Imported;
import dev.zamok.secrets.intake.PlacedSecret;
import dev.zamok.secrets.report.SecretReport;
import dev.zamok.secrets.strength.StrengthMeter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a file of another password manager, tells what would come over, and writes it anew. */
@Command(
    name = "convert",
    description = {
      "Read an export of Bitwarden, KeePass, 1Password or Chrome, or a sealed file, and tell what"
          + " of it is taken and what is not; with --sealed or --bitwarden write it to a new file."
          + " Nothing is sent.",
      "Passwords of files are typed, or read from the file that ZAMOK_FILE_PASSWORD_FILE (of FILE)"
          + " or ZAMOK_SEAL_PASSWORD_FILE (of the new file) names."
    },
    mixinStandardHelpOptions = true)
public final class ConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The file to read.")
  private Path file;

  @Mixin private ForeignFile foreign = new ForeignFile();

  @Mixin private NewFiles outputs = new NewFiles();

  @Option(
      names = "--report",
      description = "Tell which passwords are weak, used twice, or older than a year.")
  private boolean report;

  @Option(names = "--json", description = "Tell it as one JSON object.")
  private boolean json;

  private final SecretFiles files;

  @SuppressWarnings("SystemConsoleNull") // null again by the launcher's option
  public ConvertCommand() {
    this(new SecretFiles(System.getenv(), System.console()));
  }

  ConvertCommand(SecretFiles files) {
    this.files = files;
  }

  @Override
  public Integer call() {
    ForeignFile.Content content = foreign.read(file, files);
    Imported imported = content.imported();
    List<String> unwritten = outputs.write(imported.secrets(), files);
    tell(content.format(), imported, unwritten, report ? judge(imported) : List.of());
    return 0;
  }

  private static List<String> judge(Imported imported) {
    SecretReport<PlacedSecret> judged =
        SecretReport.of(
            imported.secrets(),
            PlacedSecret::secret,
            new StrengthMeter(),
            Instant.now(),
            SecretReport.AGE_DEFAULT);
    return ReportText.lines(judged, PlacedSecret::secret);
  }

  private void tell(
      ImportFormat format, Imported imported, List<String> unwritten, List<String> judged) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("format", format.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
      line.put("taken", imported.secrets().size());
      line.put(
          "omitted",
          imported.omissions().stream()
              .map(one -> Map.of("entry", Visible.line(one.entry()), "what", one.what()))
              .toList());
      line.put("unwritten", unwritten);
      if (report) {
        line.put("report", judged);
      }
      out.println(new String(Json.write(line), StandardCharsets.UTF_8));
    } else {
      out.println("taken: " + imported.secrets().size());
      for (Imported.Omission one : imported.omissions()) {
        String entry = one.entry().isEmpty() ? "the file" : Visible.line(one.entry());
        out.println("not taken, of " + entry + ": " + one.what());
      }
      unwritten.forEach(what -> out.println("not written: " + what));
      judged.forEach(out::println);
    }
    out.flush();
  }
}
