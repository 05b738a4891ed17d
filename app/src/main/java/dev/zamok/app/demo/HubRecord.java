package dev.zamok.app.demo;

import dev.zamok.protocol.ByteReader;
import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.Entry;
import dev.zamok.protocol.Position;
import dev.zamok.protocol.frame.ClientFrame;
import dev.zamok.protocol.frame.ClientFrames;
import dev.zamok.protocol.frame.HubFrame;
import dev.zamok.protocol.frame.HubFrames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All frames that the hub's process ever held, as its recorder wrote them. */
final class HubRecord {
  private final Bytes raw;
  private final Map<Position, Entry> entries = new TreeMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  private HubRecord(Bytes raw) {
    this.raw = raw;
    ByteReader in = raw.reader();
    while (in.remaining() > 0) {
      boolean inbound = in.u8() == 0;
      Bytes frame = in.bytes(in.u32());
      if (inbound) {
        count(ClientFrames.decode(frame));
      } else {
        outbound(HubFrames.decode(frame));
      }
    }
  }

  static HubRecord read(Path file) throws IOException {
    return new HubRecord(Bytes.wrap(Files.readAllBytes(file)));
  }

  private void outbound(HubFrame frame) {
    count(frame);
    if (frame instanceof HubFrame.Entry entry) {
      entries.put(entry.entry().position(), entry.entry());
    }
  }

  private void count(Object frame) {
    String direction = frame instanceof ClientFrame ? "in  " : "out ";
    counts.merge(
        direction + frame.getClass().getSimpleName().toUpperCase(Locale.ROOT), 1, Integer::sum);
  }

  /** What it passed on, by position. */
  Map<Position, Entry> entries() {
    return entries;
  }

  /** How many frames of each kind. */
  Map<String, Integer> counts() {
    return counts;
  }

  int size() {
    return raw.size();
  }

  boolean contains(String text) {
    return Haystack.contains(raw.toByteArray(), text);
  }

  /** Whether a file under {@code directory} holds one of the texts; their names, for the report. */
  static List<String> filesWith(Path directory, List<String> texts) throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        for (String text : texts) {
          if (Haystack.contains(content, text)) {
            found.add(file.getFileName() + " holds \"" + text + "\"");
          }
        }
      }
    }
    return found;
  }

  /** Plain search. */
  private static final class Haystack {
    static boolean contains(byte[] bytes, String text) {
      // Latin 1 maps every byte to one character and back.
      String needle =
          new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      return new String(bytes, StandardCharsets.ISO_8859_1).contains(needle);
    }
  }
}
