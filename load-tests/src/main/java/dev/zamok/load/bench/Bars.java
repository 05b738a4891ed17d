package dev.zamok.load.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** A plain histogram as PNG: the value of each step, the first at 0. */
public record Bars(String title, String x, String y, List<Double> values) {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 420;
  private static final int MARGIN = 70;
  private static final int LABELS = 12;

  public Bars {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("nothing to draw");
    }
  }

  /** Writes it; blocks. */
  public void write(Path file) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D out = image.createGraphics();
    out.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    out.setColor(Color.WHITE);
    out.fillRect(0, 0, WIDTH, HEIGHT);
    draw(out);
    out.dispose();
    try {
      ImageIO.write(image, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void draw(Graphics2D out) {
    double largest = Math.max(1, values.stream().mapToDouble(v -> v).max().orElse(1));
    double wide = (WIDTH - 2.0 * MARGIN) / values.size();
    int base = HEIGHT - MARGIN;
    out.setColor(Color.BLACK);
    out.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 17));
    out.drawString(title, MARGIN, 28);
    out.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    out.drawString(y + "; the highest is " + Math.round(largest), MARGIN, 48);
    out.drawString(x, WIDTH / 2 - 60, HEIGHT - 22);
    out.drawLine(MARGIN, base, WIDTH - MARGIN, base);
    int step = Math.max(1, values.size() / LABELS);
    for (int i = 0; i < values.size(); i++) {
      int left = (int) (MARGIN + i * wide);
      int high = (int) (values.get(i) / largest * (base - MARGIN));
      out.setColor(new Color(0x0b5fa5));
      out.fillRect(left, base - high, Math.max(1, (int) wide - 1), high);
      if (i % step == 0) {
        out.setColor(Color.DARK_GRAY);
        out.drawString(Integer.toString(i), left, base + 18);
      }
    }
  }
}
