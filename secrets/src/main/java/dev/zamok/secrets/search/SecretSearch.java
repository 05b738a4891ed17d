package dev.zamok.secrets.search;

import dev.zamok.client.secret.Secret;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Finds secrets by name, tags, URLs and login; never by anything hidden. Every word of the query
 * must occur in one of them, whatever its case and accents. The best come first: the name itself,
 * then its beginning, then the beginning of a word of it, then a tag, the host of a URL, the login,
 * then anywhere.
 */
public final class SecretSearch {
  /** What is longer is cut: nobody types it. */
  public static final int QUERY_CHARACTERS_MAX = 200;

  private SecretSearch() {}

  /** All that fit, the best first; equals by name. An empty query fits everything. */
  public static <T> List<T> find(String query, List<T> among, Function<T, Secret> secretOf) {
    String cut =
        query.length() > QUERY_CHARACTERS_MAX ? query.substring(0, QUERY_CHARACTERS_MAX) : query;
    String[] words = folded(cut).split("\\s+", -1);
    List<Hit<T>> hits = new ArrayList<>();
    for (T one : among) {
      Searched searched = new Searched(secretOf.apply(one));
      int score = 0;
      for (String word : words) {
        int rank = searched.rank(word);
        score = rank == 0 || score < 0 ? -1 : score + rank;
      }
      if (score >= 0) {
        hits.add(new Hit<>(one, score + searched.whole(folded(cut)), searched.name));
      }
    }
    hits.sort(Comparator.<Hit<T>>comparingInt(hit -> -hit.score).thenComparing(hit -> hit.name));
    return hits.stream().map(hit -> hit.what).toList();
  }

  private record Hit<T>(T what, int score, String name) {}

  /** Lower case without accents. */
  static String folded(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .toLowerCase(Locale.ROOT)
        .strip();
  }

  private static final class Searched {
    private final String name;
    private final List<String> tags;
    private final List<String> urls;
    private final String login;

    Searched(Secret secret) {
      name = folded(secret.name());
      tags = secret.label().tags().stream().map(SecretSearch::folded).toList();
      urls = secret.credentials().urls().stream().map(SecretSearch::folded).toList();
      login = folded(secret.credentials().login());
    }

    int whole(String query) {
      return name.equals(query) ? 100 : name.startsWith(query) ? 50 : 0;
    }

    /** 0 when the word does not occur. */
    int rank(String word) {
      if (word.isEmpty()) {
        return 1;
      }
      if (beginsAWord(name, word)) {
        return 20;
      }
      if (tags.contains(word)) {
        return 16;
      }
      if (urls.stream().anyMatch(url -> beginsAWord(host(url), word))) {
        return 12;
      }
      if (login.startsWith(word)) {
        return 8;
      }
      if (name.contains(word)) {
        return 6;
      }
      boolean somewhere =
          login.contains(word)
              || tags.stream().anyMatch(tag -> tag.contains(word))
              || urls.stream().anyMatch(url -> url.contains(word));
      return somewhere ? 2 : 0;
    }

    private static boolean beginsAWord(String text, String word) {
      for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at))) {
          return true;
        }
      }
      return false;
    }

    private static String host(String url) {
      int start = url.indexOf("://");
      String rest = start < 0 ? url : url.substring(start + 3);
      int end = rest.indexOf('/');
      return end < 0 ? rest : rest.substring(0, end);
    }
  }
}
