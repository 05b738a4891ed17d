package dev.zamok.app.e2e;

import dev.zamok.app.login.Asker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Somebody at a terminal who answers what was agreed, in that order. */
final class Typist implements Asker {
  final List<String> asked = new ArrayList<>();
  private final Deque<String> answers;

  Typist(String... answers) {
    this.answers = new ArrayDeque<>(List.of(answers));
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public char[] secret(String prompt) {
    asked.add(prompt);
    return answers.remove().toCharArray();
  }

  @Override
  public boolean confirms(String question) {
    asked.add(question);
    return answers.remove().equals("yes");
  }
}
