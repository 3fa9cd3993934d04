import CFlight

/// What is left of the present thread's stack. Drivers compile on it, and look at no limit.
package enum StackRoom {
  /// What Mesa's compiler and LLVM need for the longest expression that is let through: measured,
  /// 512 KiB are too few and 640 suffice.
  package static let needed: UInt = 768 * 1024

  /// Refuses to go on where a driver might overflow the stack.
  package static func check() throws(ZCError) {
    let left = zcf_stack_left()
    guard left < needed else { return }
    throw .wrongThread(
      """
      this thread's stack has \(left / 1024) KiB left, and drivers compile shaders on it, which \
      may need \(needed / 1024); call threading.stack_size(8 << 20) before the thread is started
      """)
  }
}
