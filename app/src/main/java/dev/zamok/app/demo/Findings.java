package dev.zamok.app.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the demonstration claims, and whether it was so. */
final class Findings {
  private final PrintWriter out;
  private final List<String> untrue = new ArrayList<>();

  Findings(PrintWriter out) {
    this.out = out;
  }

  void step(String what) {
    out.println("\n== " + what);
    out.flush();
  }

  void check(String claim, boolean holds) {
    out.println((holds ? "   true   " : "   FALSE  ") + claim);
    out.flush();
    if (!holds) {
      untrue.add(claim);
    }
  }

  List<String> untrue() {
    return untrue;
  }
}
