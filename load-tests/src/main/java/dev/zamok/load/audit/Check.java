package dev.zamok.load.audit;

/** Looks for some of the flaws. */
interface Check {
  void run(Recording recording, Findings findings);
}
