package io.e5spark.nearest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCandidate {
  @Test
  void packedCandidateComesBack() {
    for (byte[] row : new byte[][] {{}, {1, 2, 3}}) {
      for (float[] vector : new float[][] {{}, {1.5f}, {-0f, Float.MIN_VALUE, 3}}) {
        Candidate back = Candidate.unpacked(new Candidate(row, vector).packed());
        assertThat(back.row()).isEqualTo(row);
        assertThat(back.vector()).isEqualTo(vector);
      }
    }
  }
}
