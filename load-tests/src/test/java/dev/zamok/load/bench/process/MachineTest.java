package dev.zamok.load.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void theSoftLimitOfOpenFilesIsRead() {
    String limits =
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             95000                95000                processes
        Max open files            20000                524288               files
        """;
    assertThat(Machine.filesMax(limits)).isEqualTo(20_000);
    assertThat(Machine.filesMax(limits.replace("20000 ", "unlimited "))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void moreConnectionsThanAProcessMayHaveFilesAreToldAtOnce() {
    assertThat(Machine.unmet(10, true)).isEmpty();
    assertThat(Machine.unmet(2_000_000_000, false))
        .singleElement()
        .asString()
        .contains("2000000000 connections", "ulimit -n");
  }
}
