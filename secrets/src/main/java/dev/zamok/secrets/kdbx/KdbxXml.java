package dev.zamok.secrets.kdbx;

import dev.zamok.secrets.intake.ImportFailure;
import dev.zamok.secrets.intake.ImportLimits;
import dev.zamok.secrets.intake.Intake;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML inside a database, once and in order: protected values are encrypted by one running
 * stream. No document type, hence no entities, is allowed.
 */
final class KdbxXml {
  private static final XMLInputFactory FACTORY = factory();

  private final Intake intake;
  private final UnaryOperator<byte[]> decrypt;

  private final Deque<String> path = new ArrayDeque<>();
  private final List<String> groups = new ArrayList<>();
  private final Deque<String> groupIds = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private String bin = "";
  private boolean isProtected;
  private String key = "";
  private String value = "";
  private boolean valueProtected;
  private @Nullable KdbxEntry entry;
  private @Nullable KdbxEntry earlier;

  /**
   * @param decrypt takes the next protected bytes of the running stream
   */
  KdbxXml(Intake intake, UnaryOperator<byte[]> decrypt) {
    this.intake = intake;
    this.decrypt = decrypt;
  }

  /** Fails with {@link ImportFailure}. */
  void read(InputStream xml) {
    try {
      XMLStreamReader reader = FACTORY.createXMLStreamReader(xml, StandardCharsets.UTF_8.name());
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
              throw KdbxShape.damaged();
          case XMLStreamConstants.START_ELEMENT -> start(reader);
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(reader.getText());
          case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
          default -> {
            // comments and white space say nothing
          }
        }
      }
    } catch (XMLStreamException | IllegalArgumentException e) {
      // What parsers say quotes the document.
      throw KdbxShape.damaged();
    }
  }

  private void start(XMLStreamReader reader) {
    String name = reader.getLocalName();
    if (path.isEmpty() && !name.equals("KeePassFile")) {
      throw KdbxShape.damaged();
    }
    path.push(name);
    if (path.size() > ImportLimits.DEPTH_MAX) {
      throw new ImportFailure("the database nests deeper than " + ImportLimits.DEPTH_MAX);
    }
    text.setLength(0);
    isProtected = "True".equalsIgnoreCase(reader.getAttributeValue(null, "Protected"));
    switch (name) {
      case "Group" -> {
        groups.add("");
        groupIds.push("");
      }
      case "Entry" -> {
        if (entry == null) {
          entry = new KdbxEntry();
        } else if (earlier == null) {
          earlier = new KdbxEntry();
        } else {
          throw KdbxShape.damaged();
        }
      }
      case "String", "Binary" -> {
        key = "";
        value = "";
        valueProtected = false;
      }
      default -> {
        // read at its end
      }
    }
  }

  private void end(String name) {
    path.pop();
    String parent = path.isEmpty() ? "" : path.peek();
    String content = content();
    text.setLength(0);
    switch (name) {
      case "RecycleBinUUID" -> bin = content;
      case "Group" -> {
        groups.remove(groups.size() - 1);
        groupIds.pop();
      }
      case "Entry" -> entryEnds();
      default -> {
        if (parent.equals("Group") && entry == null) {
          group(name, content);
        } else if (entry != null) {
          member(name, parent, content, earlier == null ? entry : earlier);
        }
      }
    }
  }

  private void group(String name, String content) {
    if (name.equals("Name")) {
      groups.set(groups.size() - 1, content);
    } else if (name.equals("UUID")) {
      groupIds.pop();
      groupIds.push(content);
    }
  }

  private void member(String name, String parent, String content, KdbxEntry target) {
    switch (parent + "/" + name) {
      case "String/Key", "Binary/Key" -> key = content;
      case "String/Value" -> {
        value = content;
        valueProtected = isProtected;
      }
      case "Entry/String" -> target.put(key, value, valueProtected);
      case "Entry/Binary" -> target.attachments++;
      case "Entry/Tags" -> target.tags = content;
      case "Times/LastModificationTime" -> target.modified = KdbxTime.parse(content);
      case "Times/Expires" -> target.expires = content.equalsIgnoreCase("true");
      case "Times/ExpiryTime" -> target.expiry = KdbxTime.parse(content);
      default -> {
        // icons, colours, auto-type: nothing a safe has a place for
      }
    }
    isProtected = false;
  }

  private void entryEnds() {
    if (earlier != null && entry != null) {
      entry.earlier.add(earlier);
      earlier = null;
    } else if (entry != null) {
      boolean binned = !bin.isEmpty() && groupIds.contains(bin);
      // The outermost group is the database itself.
      entry.take(intake, List.copyOf(groups.subList(1, groups.size())), binned);
      entry = null;
    }
  }

  /** Every protected value passes through here, also of earlier versions: the stream runs on. */
  private String content() {
    String raw = text.toString();
    if (!isProtected || raw.isEmpty()) {
      return raw;
    }
    byte[] plain = decrypt.apply(Base64.getDecoder().decode(raw.strip()));
    try {
      return new String(plain, StandardCharsets.UTF_8);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static XMLInputFactory factory() {
    // The platform's own, whatever else is on the class path.
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("no entities");
        });
    return factory;
  }
}
