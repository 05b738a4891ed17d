package dev.zamok.load.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A plain line chart as PNG: sizes on a logarithmic axis, values from zero on a linear one.
 *
 * @param sizes positive, rising
 */
public record Plot(String title, String x, String y, List<Double> sizes, List<Series> series) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 520;
  private static final int LEFT = 80;
  private static final int RIGHT = 30;
  private static final int TOP = 60;
  private static final int BOTTOM = 70;
  private static final int STEPS = 5;
  private static final float[] DASHES = {7, 5};
  private static final Color[] COLOURS = {new Color(0x0b5fa5), new Color(0xb4530a)};

  /** One line. */
  public record Series(String name, List<Double> values) {}

  /** Writes it; blocks. */
  public void write(Path file) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D out = image.createGraphics();
    out.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    out.setColor(Color.WHITE);
    out.fillRect(0, 0, WIDTH, HEIGHT);
    axes(out);
    for (int i = 0; i < series.size(); i++) {
      line(out, i);
    }
    out.dispose();
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double top() {
    double largest =
        series.stream().flatMap(s -> s.values().stream()).mapToDouble(v -> v).max().orElse(1);
    double unit = Math.pow(10, Math.floor(Math.log10(largest)));
    return Math.ceil(largest * 1.1 / unit * 2) / 2 * unit;
  }

  private double across(double size) {
    double from = Math.log10(sizes.get(0));
    double to = Math.log10(sizes.get(sizes.size() - 1));
    double part = to == from ? 0.5 : (Math.log10(size) - from) / (to - from);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private double up(double value) {
    return HEIGHT - BOTTOM - value / top() * (HEIGHT - TOP - BOTTOM);
  }

  private void axes(Graphics2D out) {
    out.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    out.setColor(Color.BLACK);
    out.drawString(title, LEFT, 30);
    out.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    out.drawString(y, LEFT, 50);
    centred(out, x, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 20);
    for (int i = 0; i <= STEPS; i++) {
      double value = top() * i / STEPS;
      out.setColor(new Color(0xdddddd));
      out.draw(new Line2D.Double(LEFT, up(value), WIDTH - RIGHT, up(value)));
      out.setColor(Color.DARK_GRAY);
      String text = String.format(Locale.ROOT, "%.3g", value);
      out.drawString(text, LEFT - 12 - out.getFontMetrics().stringWidth(text), (int) up(value) + 5);
    }
    for (double size : sizes) {
      centred(out, String.format(Locale.ROOT, "%,.0f", size), across(size), HEIGHT - BOTTOM + 22);
    }
  }

  private void line(Graphics2D out, int index) {
    Series one = series.get(index);
    Color colour = COLOURS[index % COLOURS.length];
    out.setColor(colour);
    BasicStroke solid = new BasicStroke(2.5f);
    out.setStroke(
        index == 0
            ? solid
            : new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES, 0));
    for (int i = 1; i < one.values().size(); i++) {
      out.draw(
          new Line2D.Double(
              across(sizes.get(i - 1)),
              up(one.values().get(i - 1)),
              across(sizes.get(i)),
              up(one.values().get(i))));
    }
    out.setStroke(solid);
    for (int i = 0; i < one.values().size(); i++) {
      out.fill(new Ellipse2D.Double(across(sizes.get(i)) - 4, up(one.values().get(i)) - 4, 8, 8));
    }
    out.drawString(one.name(), WIDTH - RIGHT - 180, TOP + 10 + 20 * index);
  }

  private static void centred(Graphics2D out, String text, double at, int base) {
    out.drawString(text, (int) (at - out.getFontMetrics().stringWidth(text) / 2.0), base);
  }
}
