package dev.zamok.secrets.generate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import me.gosimple.nbvcxz.Nbvcxz;

/**
 * The long word list of the Electronic Frontier Foundation, out of the jar of nbvcxz, which guesses
 * with it. Made for dice: 6^5 words of 3 to 9 letters. Read once.
 */
final class WordList {
  /** Words there are. */
  static final int SIZE = 7_776;

  private static final String RESOURCE = "/dictionaries/eff_large.txt";

  private WordList() {}

  static List<String> words() {
    return Holder.WORDS;
  }

  private static List<String> read() {
    try (InputStream in = Nbvcxz.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the word list is not there");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      List<String> words = lines.lines().map(String::strip).filter(w -> !w.isEmpty()).toList();
      if (words.size() != SIZE || words.stream().distinct().count() != SIZE) {
        throw new IllegalStateException("the word list is another one");
      }
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final List<String> WORDS = read();
  }
}
