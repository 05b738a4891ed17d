package dev.zamok.protocol.content;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.MalformedException;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The codec of {@link Content}: strict JSON in its shortest spelling.
 *
 * <pre>
 * {"kind":"text","text":"...","mentions":["tag",...]}
 * {"kind":"reply","thread":["tag","id"],"to":["tag","id"],"text":"...","mentions":[...]}
 * {"kind":"edit","id":"id","text":"...","mentions":[...]}
 * {"kind":"reaction","to":["tag","id"],"emoji":"...","on":true}
 * {"kind":"removal","of":["tag","id"]}
 * {"kind":"read","upTo":"generation-counter"}
 * {"kind":"typing","on":true}
 * {"kind":"item","item":"id","version":1,"text":"..."}
 * </pre>
 *
 * Members stand in this order, unknown ones behind; {@code mentions}, and {@code text} of an item,
 * may be absent. Decoding fails with {@link MalformedException}, whose text starts with the number
 * of the check in {@code CONTENT.md} ({@code C-001} to {@code C-014}); encoding what was decoded
 * gives the same bytes.
 */
public final class ContentCodec {
  static final Set<String> KINDS =
      Set.of("text", "reply", "edit", "reaction", "removal", "read", "typing", "item");

  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,31}");
  private static final Encoder ENCODER = new Encoder();

  private ContentCodec() {}

  /**
   * Fails with {@link MalformedException} when {@code carrier} may not carry it, or it is too big.
   */
  public static Bytes encode(Content content, Carrier carrier) {
    checkCarrier(content, carrier);
    Bytes json = Bytes.wrap(Json.write(members(content)));
    checkSize(json, carrier);
    return json;
  }

  public static Content decode(Bytes json, Carrier carrier) {
    checkSize(json, carrier);
    Map<String, Object> all = object(json.toByteArray());
    Members in = new Members(new Extra(all).members());
    String kind = in.text("kind");
    Content content = read(kind, in);
    checkCarrier(content, carrier);
    if (!Bytes.wrap(Json.write(members(content))).equals(json)) {
      throw new MalformedException("C-003 not the shortest spelling, or members out of order");
    }
    return content;
  }

  static void checkKind(String kind) {
    if (!KIND.matcher(kind).matches()) {
      throw new MalformedException("C-005 kind that is no name");
    }
  }

  static Map<String, Object> members(Content content) {
    Map<String, Object> members = content.accept(ENCODER);
    content
        .extra()
        .members()
        .forEach(
            (name, value) -> {
              if (members.putIfAbsent(name, value) != null) {
                throw new MalformedException("C-006 known member among the extra ones");
              }
            });
    return members;
  }

  private static Content read(String kind, Members in) {
    return switch (kind) {
      case "text" -> new Content.Text(in.words(), in.mentions(), in.extra());
      case "reply" ->
          new Content.Reply(
              in.reference("thread"), in.reference("to"), in.words(), in.mentions(), in.extra());
      case "edit" -> new Content.Edit(in.message("id"), in.words(), in.mentions(), in.extra());
      case "reaction" ->
          new Content.Reaction(in.reference("to"), in.text("emoji"), in.flag("on"), in.extra());
      case "removal" -> new Content.Removal(in.reference("of"), in.extra());
      case "read" -> new Content.Read(in.position("upTo"), in.extra());
      case "typing" -> new Content.Typing(in.flag("on"), in.extra());
      case "item" -> new Content.Item(in.item("item"), in.version(), in.wordsIfAny(), in.extra());
      default -> new Content.Unknown(kind, in.extra());
    };
  }

  private static Map<String, Object> object(byte[] utf8) {
    try {
      return Json.object(utf8);
    } catch (MalformedException e) {
      throw new MalformedException("C-002 " + e.getMessage());
    }
  }

  private static void checkSize(Bytes json, Carrier carrier) {
    if (json.size() > carrier.bytesMax()) {
      throw new MalformedException("C-001 content of " + json.size() + " bytes");
    }
  }

  private static void checkCarrier(Content content, Carrier carrier) {
    if (!content.carriers().contains(carrier)) {
      throw new MalformedException("C-014 content that does not travel this way");
    }
  }

  private static final class Encoder implements Content.Visitor<Map<String, Object>> {
    @Override
    public Map<String, Object> text(Content.Text content) {
      return words(kind("text"), content.words(), content.mentions());
    }

    @Override
    public Map<String, Object> reply(Content.Reply content) {
      Map<String, Object> members = kind("reply");
      members.put("thread", pair(content.thread()));
      members.put("to", pair(content.to()));
      return words(members, content.words(), content.mentions());
    }

    @Override
    public Map<String, Object> edit(Content.Edit content) {
      Map<String, Object> members = kind("edit");
      members.put("id", content.id().toString());
      return words(members, content.words(), content.mentions());
    }

    @Override
    public Map<String, Object> reaction(Content.Reaction content) {
      Map<String, Object> members = kind("reaction");
      members.put("to", pair(content.to()));
      members.put("emoji", content.emoji());
      members.put("on", content.on());
      return members;
    }

    @Override
    public Map<String, Object> removal(Content.Removal content) {
      Map<String, Object> members = kind("removal");
      members.put("of", pair(content.of()));
      return members;
    }

    @Override
    public Map<String, Object> read(Content.Read content) {
      Map<String, Object> members = kind("read");
      members.put("upTo", content.upTo().toString());
      return members;
    }

    @Override
    public Map<String, Object> typing(Content.Typing content) {
      Map<String, Object> members = kind("typing");
      members.put("on", content.on());
      return members;
    }

    @Override
    public Map<String, Object> item(Content.Item content) {
      Map<String, Object> members = kind("item");
      members.put("item", content.item().toString());
      members.put("version", content.version());
      content.words().ifPresent(words -> members.put("text", words.text()));
      return members;
    }

    @Override
    public Map<String, Object> unknown(Content.Unknown content) {
      return kind(content.kind());
    }

    private static Map<String, Object> kind(String kind) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("kind", kind);
      return members;
    }

    private static Map<String, Object> words(
        Map<String, Object> members, Words words, List<MemberTag> mentions) {
      members.put("text", words.text());
      if (!mentions.isEmpty()) {
        members.put("mentions", mentions.stream().map(MemberTag::toString).toList());
      }
      return members;
    }

    private static List<String> pair(Reference reference) {
      return List.of(reference.tag().toString(), reference.id().toString());
    }
  }
}
