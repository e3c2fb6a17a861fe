package dev.foldstream.benchmarks.wallet;

import dev.foldstream.kernel.Rejection;

enum WalletRejection implements Rejection {
  NOT_ENOUGH
}
