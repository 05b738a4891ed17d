package dev.zamok.load.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcFiguresTest {
  @Test
  void timeIsUserPlusSystemTicksWhateverTheCommandIsCalled() {
    String stat = "42 (java) x (y) S 1 42 42 0 -1 4194560 9 0 0 0 250 50 7 7 20 0 30 0 99 1 2";
    String status = "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t   10240 kB\n";
    ProcFigures figures = ProcFigures.of(stat, status);
    assertThat(figures.cpuNanos()).isEqualTo(3_000_000_000L);
    assertThat(figures.rssBytes()).isEqualTo(10_485_760L);
  }

  @Test
  void thisProcessHasFigures() {
    ProcFigures figures = ProcFigures.of(ProcessHandle.current().pid());
    assertThat(figures.cpuNanos()).isPositive();
    assertThat(figures.rssBytes()).isGreaterThan(1 << 20);
    assertThat(ProcFigures.kernelBytes()).isPositive();
  }
}
