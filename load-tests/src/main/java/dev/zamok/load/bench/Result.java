package dev.zamok.load.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a scenario found.
 *
 * @param unit of {@code ours} and {@code reference}, which are medians
 * @param ratio of ours to the reference, the median over the rounds
 * @param more further figures, in the order in which they are shown
 */
public record Result(
    String scenario,
    String unit,
    double ours,
    double reference,
    double ratio,
    double ratioMin,
    double ratioMax,
    long lost,
    long doubled,
    Map<String, Object> more) {

  /** From as many figures of each side, taken in turn. */
  public static Result of(
      String scenario,
      String unit,
      List<Double> ours,
      List<Double> reference,
      Account account,
      Map<String, Object> more) {
    if (ours.isEmpty() || ours.size() != reference.size()) {
      throw new IllegalArgumentException("as many rounds of each side are wanted");
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(ours.get(i) / reference.get(i));
    }
    return new Result(
        scenario,
        unit,
        median(ours),
        median(reference),
        median(ratios),
        ratios.stream().mapToDouble(r -> r).min().orElse(0),
        ratios.stream().mapToDouble(r -> r).max().orElse(0),
        account.lost(),
        account.doubled(),
        more);
  }

  /** With one further figure, shown last. */
  public Result with(String field, Object value) {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put(field, value);
    return new Result(
        scenario, unit, ours, reference, ratio, ratioMin, ratioMax, lost, doubled, all);
  }

  /** Deliveries that were missing, or came twice, on both sides together. */
  public record Account(long lost, long doubled) {
    public Account plus(Account other) {
      return new Account(lost + other.lost, doubled + other.doubled);
    }
  }

  /** Of an even number, the mean of the two in the middle. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** One object on one line. */
  public String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeStringField("scenario", scenario);
      number(out, "ours", ours);
      number(out, "reference", reference);
      number(out, "ratio", ratio);
      number(out, "ratioMin", ratioMin);
      number(out, "ratioMax", ratioMax);
      out.writeStringField("unit", unit);
      out.writeNumberField("lost", lost);
      out.writeNumberField("doubled", doubled);
      for (Map.Entry<String, Object> field : more.entrySet()) {
        out.writeFieldName(field.getKey());
        value(out, field.getValue());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void number(JsonGenerator out, String name, double value) throws IOException {
    out.writeFieldName(name);
    value(out, value);
  }

  private static void value(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Double number) {
      // JSON has no infinity
      if (Double.isFinite(number)) {
        out.writeNumber(shown(number));
      } else {
        out.writeNull();
      }
    } else if (value instanceof Number number) {
      out.writeNumber(number.longValue());
    } else if (value instanceof Boolean either) {
      out.writeBoolean(either);
    } else if (value instanceof List<?> list) {
      out.writeStartArray();
      for (Object each : list) {
        value(out, each);
      }
      out.writeEndArray();
    } else {
      out.writeString(String.valueOf(value));
    }
  }

  /** Four digits are more than a measurement has. */
  private static String shown(double number) {
    return Math.abs(number) >= 1_000
        ? String.format(Locale.ROOT, "%.0f", number)
        : String.format(Locale.ROOT, "%.4g", number);
  }

  /** For people. */
  public String text() {
    StringBuilder out = new StringBuilder();
    line(out, "scenario", scenario);
    line(out, "ours", shown(ours) + " " + unit);
    line(out, "reference", shown(reference) + " " + unit);
    line(
        out,
        "ratio",
        shown(ratio) + "  (" + shown(ratioMin) + " to " + shown(ratioMax) + " over the rounds)");
    line(out, "lost, doubled", lost + ", " + doubled);
    more.forEach(
        (name, value) ->
            line(out, name, value instanceof Double number ? shown(number) : value.toString()));
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append(String.format(Locale.ROOT, "%-28s%s%n", name, value));
  }
}
