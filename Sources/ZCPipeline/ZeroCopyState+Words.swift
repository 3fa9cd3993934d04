package import ZCCore

extension ZeroCopyState {
  /// Which road the frames take and why, for people.
  package var explanation: String {
    let road =
      switch phase {
      case .software: "software: frames are decoded on the CPU and uploaded"
      case .download: "hw_download: the device decodes, frames are copied to memory and uploaded"
      case .pending: "pending: \(streak) of \(needed) frames in a row came without a copy"
      case .zeroCopy: "zero_copy: \(streak) frames in a row came without a copy"
      case .blocked: "blocked: zero_copy=\"require\" allows no copy, and there is no way around one"
      }
    guard let refusal else { return road + "." }
    return "\(road). \(phase == .pending ? "Before: " : "")\(refusal.words)."
      + (phase == .download && refusal.reason.canPass
        ? " Tried again \(Self.after(frames: max(backOff.left, 1)))." : "")
  }

  private static func after(frames: Int) -> String {
    frames == 1 ? "with the next frame" : "after \(frames) more frames"
  }

  package var report: JSONText {
    .object([
      ("state", .string(phase.rawValue)),
      ("mode", .string(mode.rawValue)),
      ("reason", refusal.map { .string($0.reason.rawValue) } ?? .null),
      ("detail", refusal.map { .string($0.detail) } ?? .null),
      ("streak", .integer(streak)),
      ("presented", .integer(counts.presented)),
      ("imported", .integer(counts.imported)),
      ("copied", .integer(counts.copied)),
      ("dropped", .integer(counts.dropped)),
      ("activations", .integer(counts.activations)),
      ("probes", .integer(counts.probes)),
      (
        "reasons",
        .object(Reason.allCases.map { ($0.rawValue, .integer(counts.reasons[$0] ?? 0)) })
      ),
    ])
  }
}
