package dev.zamok.protocol.content;

import dev.zamok.protocol.Bytes;
import dev.zamok.protocol.ItemId;
import dev.zamok.protocol.MemberTag;
import dev.zamok.protocol.MessageId;
import dev.zamok.protocol.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contents of every kind and shape, with the name of what they show. */
final class Kinds {
  static final MemberTag TAG = MemberTag.of(Bytes.fromHex("d0d1d2d3d4d5d6d7"));
  static final MemberTag OTHER = MemberTag.of(Bytes.fromHex("e0e1e2e3e4e5e6e7"));
  static final MessageId ID = MessageId.of(Bytes.fromHex("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"));
  static final MessageId ROOT = MessageId.of(Bytes.fromHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"));
  static final ItemId ITEM = ItemId.of(Bytes.fromHex("101112131415161718191a1b1c1d1e1f"));

  private Kinds() {}

  static Map<String, Content> messages() {
    Map<String, Content> all = new LinkedHashMap<>();
    Reference to = new Reference(TAG, ID);
    Words words = new Words("Hi");
    all.put("a text", Content.text("Good morning"));
    all.put("a text with two mentions", new Content.Text(words, List.of(TAG, OTHER), Extra.NONE));
    all.put(
        "a text of many scripts", Content.text("Привет, 世界! \ud83d\udc4b\ud83c\udffd é e\u0301"));
    all.put(
        "all escapes of JSON that a text can have",
        Content.text("\"\\/\n\t\u00a0\u2028\u202e\ufeff"));
    all.put("a text with unknown members", new Content.Text(words, List.of(), extra()));
    all.put(
        "the first answer of a thread", new Content.Reply(to, to, words, List.of(), Extra.NONE));
    all.put(
        "an answer to a server's message, with a mention",
        new Content.Reply(
            new Reference(MemberTag.NONE, ROOT), to, words, List.of(OTHER), Extra.NONE));
    all.put("an edit", new Content.Edit(ID, words, List.of(), Extra.NONE));
    all.put("an edit with a mention", new Content.Edit(ID, words, List.of(TAG), Extra.NONE));
    all.put("a reaction", new Content.Reaction(to, "\ud83d\udc4d\ud83c\udffd", true, Extra.NONE));
    all.put("a reaction taken back", new Content.Reaction(to, ":+1:", false, Extra.NONE));
    all.put("a removal", new Content.Removal(to, Extra.NONE));
    all.put("a read marker", new Content.Read(Position.of(3, 42), Extra.NONE));
    all.put("an item", new Content.Item(ITEM, 1, Optional.empty(), Extra.NONE));
    all.put("an item with a comment", new Content.Item(ITEM, 7, Optional.of(words), Extra.NONE));
    all.put("an unknown kind", new Content.Unknown("poll", extra()));
    all.put("an unknown kind with nothing in it", new Content.Unknown("x", Extra.NONE));
    return all;
  }

  static Map<String, Content> signals() {
    Map<String, Content> all = new LinkedHashMap<>();
    all.put("somebody writes", new Content.Typing(true, Extra.NONE));
    all.put("somebody stopped writing", new Content.Typing(false, Extra.NONE));
    all.put("a read marker, at once", new Content.Read(Position.of(3, 42), Extra.NONE));
    all.put("an unknown signal", new Content.Unknown("cursor", extra()));
    return all;
  }

  static Extra extra() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("b", List.of("x", 9_007_199_254_740_991L, false));
    inner.put("a", Map.of());
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("zeta", -1L);
    members.put("alpha", inner);
    members.put("flag", true);
    return new Extra(members);
  }
}
