package dev.zamok.secrets.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Fails with {@link ImportFailure} once more was read than anything honest unpacks to. */
public final class BoundedInput extends FilterInputStream {
  private long left;

  public BoundedInput(InputStream in, long bytesMax) {
    super(in);
    left = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(0, read));
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int read) {
    left -= read;
    if (left < 0) {
      throw new ImportFailure("the file unpacks to more than is allowed");
    }
  }
}
