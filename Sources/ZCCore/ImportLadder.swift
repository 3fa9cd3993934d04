/// The ways to bring a surface of another's memory into a context, best first, and what became of
/// them for each kind of surface. Pure policy.
package struct ImportLadder: Sendable {
  package enum Rung: String, CaseIterable, Sendable {
    /// A texture for each plane, EGL being told the modifier.
    case planes
    /// The same, untold: for memory that is linear.
    case planesUntold = "planes, modifier untold"
    /// One texture for all planes, which the driver converts by colour hints.
    case composed
    case composedUnhinted = "composed, no hints"
    /// The device's copy to memory, uploaded.
    case download
    /// Decoded on the CPU from the start.
    case software

    /// The GPU reads the memory itself.
    package var isImport: Bool { self != .download && self != .software }
    package var isComposed: Bool { self == .composed || self == .composedUnhinted }
  }

  /// What surfaces have in common that drivers treat alike.
  package struct Kind: Hashable, Sendable {
    package let fourcc: Fourcc
    package let modifier: UInt64?

    package init(_ fourcc: Fourcc, _ modifier: UInt64?) {
      self.fourcc = fourcc
      self.modifier = modifier
    }
  }

  /// What a context can do about it.
  package struct Means: Hashable, Sendable {
    /// Nil where memory can be imported; otherwise what is missing.
    package var missing: String?
    package var tellsModifiers: Bool
    /// Nil where external textures can be drawn from; otherwise what is missing.
    package var missingExternal: String?

    package init(missing: String?, tellsModifiers: Bool, missingExternal: String?) {
      self.missing = missing
      self.tellsModifiers = tellsModifiers
      self.missingExternal = missingExternal
    }
  }

  private struct Verdict: Sendable {
    let kind: Kind
    var works: Rung?
    var refusals: [Rung: String] = [:]
  }

  package let means: Means
  /// The latest last.
  private var verdicts: [Verdict] = []

  /// Of how many kinds is remembered what became of them: modifiers are anybody's numbers.
  package static let memory = 32

  package init(means: Means) { self.means = means }

  /// The rungs that are left to try, best first. What was refused for this kind is not tried again.
  package func rungs(for kind: Kind) -> [Rung] {
    Rung.allCases.filter { refusal(of: $0, for: kind) == nil }
  }

  /// Why a rung is no use for a kind of surface; nil while it may be.
  package func refusal(of rung: Rung, for kind: Kind) -> String? {
    obstacle(to: rung, for: kind) ?? verdict(on: kind)?.refusals[rung]
  }

  /// The driver refused a kind of surface on a rung: whichever surface of that kind it was.
  package mutating func refuse(_ rung: Rung, for kind: Kind, _ reason: String) {
    change(kind) { $0.refusals[rung] = reason }
  }

  /// A surface of that kind came in by this rung.
  package mutating func accept(_ rung: Rung, for kind: Kind) {
    guard verdict(on: kind)?.works != rung else { return }
    change(kind) { $0.works = rung }
  }

  /// The rung by which the last surface of that kind came in.
  package func known(_ kind: Kind) -> Rung? { verdict(on: kind)?.works }

  /// Why no rung above the download can be taken, one reason a line.
  package func story(of kind: Kind, _ fresh: [Rung: String] = [:]) -> String {
    if let missing = means.missing { return missing }
    return Rung.allCases.filter(\.isImport).compactMap { rung in
      (fresh[rung] ?? refusal(of: rung, for: kind)).map { "  \(rung.rawValue): \($0)" }
    }.joined(separator: "\n")
  }

  private func obstacle(to rung: Rung, for kind: Kind) -> String? {
    guard rung.isImport else { return nil }
    if let missing = means.missing { return missing }
    switch rung {
    case .planes:
      guard kind.modifier == nil || means.tellsModifiers else {
        return "EGL_EXT_image_dma_buf_import_modifiers is missing"
      }
    case .planesUntold:
      guard let modifier = kind.modifier else { return "there is no modifier to leave out" }
      guard modifier == Surface.linear else { return "it is not linear" }
    case .composed:
      guard kind.modifier == nil || kind.modifier == Surface.linear || means.tellsModifiers else {
        return "EGL_EXT_image_dma_buf_import_modifiers is missing"
      }
      return means.missingExternal
    case .composedUnhinted:
      guard kind.fourcc.planes?.count ?? 1 > 1 else { return "there is no colour to hint at" }
      return obstacle(to: .composed, for: kind)
    case .download, .software: break
    }
    return nil
  }

  private func verdict(on kind: Kind) -> Verdict? { verdicts.last { $0.kind == kind } }

  private mutating func change(_ kind: Kind, _ change: (inout Verdict) -> Void) {
    var verdict = verdict(on: kind) ?? Verdict(kind: kind)
    change(&verdict)
    verdicts.removeAll { $0.kind == kind }
    verdicts.append(verdict)
    if verdicts.count > Self.memory { verdicts.removeFirst() }
  }
}

extension ImportLadder {
  /// What became of each kind of surface so far, for people and scripts.
  package var report: JSONText {
    .array(
      verdicts.map { verdict in
        .object([
          ("fourcc", .string(verdict.kind.fourcc.name)),
          ("modifier", .optional(verdict.kind.modifier.map { "0x" + String($0, radix: 16) })),
          ("by", .optional(verdict.works?.rawValue)),
          (
            "refused",
            .object(
              Rung.allCases.compactMap { rung in
                verdict.refusals[rung].map { (rung.rawValue, .string($0)) }
              })
          ),
        ])
      })
  }
}
