import CFlight

/// What is left of the present thread's stack. Drivers compile on it, decoders keep tables on it, and
/// neither looks at its limit.
package enum StackRoom {
  /// What Mesa's compiler and LLVM need for the longest expression that is let through: measured,
  /// 512 KiB are too few and 640 suffice.
  package static let needed: UInt = 768 * 1024

  /// What FFmpeg needs: measured, 64 KiB are too few for some files and 128 suffice.
  package static let neededForMedia: UInt = 256 * 1024

  /// Refuses to go on where a driver might overflow the stack.
  package static func check() throws(ZCError) {
    try require(needed, "drivers compile shaders on it, which")
  }

  /// Refuses to go on where FFmpeg might.
  package static func checkForMedia() throws(ZCError) {
    try require(neededForMedia, "FFmpeg opens and decodes files on it, which")
  }

  private static func require(_ needed: UInt, _ use: String) throws(ZCError) {
    let left = zcf_stack_left()
    guard left < needed else { return }
    throw .wrongThread(
      """
      this thread's stack has \(left / 1024) KiB left, and \(use) may need \(needed / 1024); call \
      threading.stack_size(8 << 20) before the thread is started
      """)
  }
}
