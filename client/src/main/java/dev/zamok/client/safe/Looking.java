package dev.zamok.client.safe;

import dev.zamok.client.authority.Answers;
import dev.zamok.client.room.RoomEngine;
import dev.zamok.crypto.chain.ChainMember;
import dev.zamok.crypto.chain.Role;
import dev.zamok.crypto.chain.RoomChain;
import dev.zamok.crypto.chain.RoomKind;
import dev.zamok.crypto.identity.Fingerprint;
import dev.zamok.protocol.RoomId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A look at a safe under way: what is found so far. Belongs to the client's loop. */
final class Looking {
  final Map<RoomId, Answers.Room> served = new HashMap<>();
  final List<Spot> spots = new ArrayList<>();
  final List<SafeFolder> folders = new ArrayList<>();
  final Map<RoomId, RoomEngine> engines = new HashMap<>();
  final List<String> contested = new ArrayList<>();
  final List<FolderMark> lost = new ArrayList<>();
  final Set<RoomId> inner = new LinkedHashSet<>();
  final Set<RoomId> withheld = new LinkedHashSet<>();
  final Map<RoomId, BrokenFolder> broken = new LinkedHashMap<>();
  final Map<RoomId, RoomEngine> brokenEngines = new HashMap<>();
  final Set<Fingerprint> behind = new LinkedHashSet<>();
  final Set<RoomId> seen = new HashSet<>();

  void serve(List<Answers.Room> views) {
    for (Answers.Room view : views) {
      if (view.kind() == RoomKind.FOLDER) {
        served.put(view.room(), view);
      }
    }
  }

  SafeView view() {
    SafeView.Broken broken = new SafeView.Broken(this.broken, brokenEngines);
    return new SafeView(
        spots,
        folders,
        engines,
        contested,
        new SafeView.Closed(lost, inner, withheld, broken),
        behind);
  }

  /** Notes whom of the safe's admins a folder does not follow, as far as {@code own} role may. */
  void compare(RoomChain folder, Role own) {
    if (!own.administers()) {
      return;
    }
    RoomChain safe = spots.get(0).chain();
    for (ChainMember member : safe.members()) {
      Role has = folder.role(member.fingerprint());
      boolean follows = has != Role.NONE && (has != Role.WRITER || !own.atLeast(Role.ADMIN));
      if (member.role().administers() && !follows) {
        behind.add(member.fingerprint());
      }
    }
  }
}
