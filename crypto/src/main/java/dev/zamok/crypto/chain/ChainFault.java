package dev.zamok.crypto.chain;

/** Why a statement is not accepted. */
public enum ChainFault {
  /** It does not follow the head: another index, another predecessor or another room. */
  FORK("does not follow the head of the chain"),
  /** The verifier is too old for this chain and must stop here. */
  UNKNOWN_OPERATION("operation of a later version"),
  /** No card is known for the author. */
  UNKNOWN_AUTHOR("the author's card is not known"),
  /** The author had no right to it. */
  NOT_PERMITTED("the author may not do this"),
  /** The room does not allow it to anybody now. */
  BROKEN_RULE("the room does not allow this");

  private final String text;

  ChainFault(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
