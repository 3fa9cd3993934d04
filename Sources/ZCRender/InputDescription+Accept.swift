import ZCContext
import ZCCore
import ZCISF

extension InputDescription {
  /// The value before anybody sets one.
  var initialValue: InputValue {
    switch kind {
    case .event: .event(false)
    case .bool(let value, _): .bool(value)
    case .long(let choices): .long(choices.default)
    case .float(let range): .float(range.default)
    case .point2D(let vector): .point2D(vector.component(0), vector.component(1))
    case .point3D(let vector):
      .point3D(vector.component(0), vector.component(1), vector.component(2))
    case .color(let vector):
      .color(
        vector.component(0), vector.component(1), vector.component(2), vector.component(3))
    case .image, .cube: .image(nil)
    case .audio, .audioFFT: .audio(nil)
    }
  }

  /// Checks type and range.
  /// - Throws: `wrongType` or `outOfRange`, saying what would fit.
  func accept(_ offered: OfferedValue, in context: GPUContext) throws(ZCError) -> InputValue {
    if case .none = offered { return initialValue }
    switch (kind, offered) {
    case (.float(let range), .real(let value)): return .float(try checked(value, range))
    case (.float(let range), .integer(let value)): return .float(try checked(Double(value), range))
    case (.event, .bool(let value)): return .event(value)
    case (.bool, .bool(let value)): return .bool(value)
    case (.bool, .integer(let value)) where value == 0 || value == 1: return .bool(value == 1)
    case (.long(let choices), .integer(let value)): return .long(try checked(value, choices))
    case (.point2D(let bounds), .vector(let numbers, count: 2)):
      try check(numbers, 2, bounds)
      return .point2D(numbers.x, numbers.y)
    case (.point3D(let bounds), .vector(let numbers, count: 3)):
      try check(numbers, 3, bounds)
      return .point3D(numbers.x, numbers.y, numbers.z)
    case (.color(let bounds), .vector(let numbers, let count)) where count == 3 || count == 4:
      try check(numbers, count, bounds)
      return .color(numbers.x, numbers.y, numbers.z, count == 4 ? numbers.w : 1)
    case (.image, .frame(let frame)) where !frame.record.isCube,
      (.cube, .frame(let frame)) where frame.record.isCube:
      guard frame.context === context || !Guards.keep(.contexts) else {
        throw .wrongContext(
          "input '\(name)': this frame lives in another context; "
            + "carry it over with frame.to_numpy()")
      }
      try context.check(frame.generation)
      return .image(frame.share(as: .cache))
    case (.image, .moving(let picture)): return .moving(picture)
    case (.audio, .audio(let audio)), (.audioFFT, .audio(let audio)): return .audio(audio)
    default:
      guard Guards.keep(.inputs) else { return initialValue }
      throw .wrongType(
        "input '\(name)' is \(article): it takes \(fitting), not \(offered.typeName)")
    }
  }

  /// Whether a value that another declaration took would be taken by this one too.
  func fits(_ value: InputValue, of other: InputDescription) -> Bool {
    guard other.typeName == typeName else { return false }
    guard other.kind != kind else { return true }
    let outcome = Result { () throws(ZCError) in
      switch (kind, value) {
      case (.long(let choices), .long(let number)): _ = try checked(Int64(number), choices)
      case (.float(let range), .float(let number)): _ = try checked(number, range)
      case (.point2D(let bounds), .point2D(let x, let y)):
        try check(SIMD4(x, y, 0, 0), 2, bounds)
      case (.color(let bounds), .color(let r, let g, let b, let a)):
        try check(SIMD4(r, g, b, a), 4, bounds)
      default: break
      }
    }
    return if case .success = outcome { true } else { false }
  }

  private func checked(_ value: Double, _ range: Range) throws(ZCError) -> Double {
    guard Float(value).isFinite else {
      throw .outOfRange("input '\(name)' takes \(fitting) that a 32-bit float holds, not \(value)")
    }
    guard range.accepted.contains(value) else {
      throw .outOfRange("input '\(name)' takes \(fitting); \(value) is outside")
    }
    return value
  }

  private func checked(_ value: Int64, _ choices: Choices) throws(ZCError) -> Int32 {
    let inRange =
      if choices.values.isEmpty {
        choices.accepted.contains(value)
      } else {
        choices.values.contains { Int64($0) == value }
      }
    guard inRange || value == Int64(choices.default), let exact = Int32(exactly: value) else {
      throw .outOfRange("input '\(name)' takes \(fitting), not \(value)")
    }
    return exact
  }

  private func check(_ numbers: SIMD4<Double>, _ count: Int, _ bounds: Vector) throws(ZCError) {
    for index in 0..<count {
      let value = numbers[index]
      let low = bounds.min?[safe: index] ?? -.greatestFiniteMagnitude
      let high = bounds.max?[safe: index] ?? .greatestFiniteMagnitude
      guard Float(value).isFinite, value >= Swift.min(low, high), value <= Swift.max(low, high)
      else {
        throw .outOfRange("input '\(name)' takes \(fitting); component \(index) is \(value)")
      }
    }
  }

  private var article: String {
    switch kind {
    case .event, .image, .audio, .audioFFT: "an \(typeName)"
    default: "a \(typeName)"
    }
  }

  /// What fits, in the words of a message.
  private var fitting: String {
    switch kind {
    case .event, .bool: return "True or False"
    case .long(let choices):
      if !choices.values.isEmpty {
        let named = choices.values.prefix(24).enumerated().map { index, value in
          choices.labels[safe: index].map { "\(value) (\($0))" } ?? "\(value)"
        }
        return "one of " + named.joined(separator: ", ") + (choices.values.count > 24 ? ", …" : "")
      }
      return "an integer" + Self.bounds(choices.min ?? .min, choices.max ?? .max)
    case .float(let range):
      let accepted = range.accepted
      return "a number"
        + (range.isDeclared ? Self.bounds(accepted.lowerBound, accepted.upperBound) : "")
    case .point2D(let vector): return "two numbers (x, y)" + Self.bounds(vector)
    case .point3D(let vector): return "three numbers (x, y, z)" + Self.bounds(vector)
    case .color(let vector): return "three or four numbers (r, g, b[, a])" + Self.bounds(vector)
    case .cube:
      return "six square pictures of one size (+x, -x, +y, -y, +z, -z) or context.cube(...)"
    case .audio, .audioFFT:
      return "a zcgpu.Audio(samples, rate), the path of a sound file or a video"
    case .image:
      return "a path, a PIL image, an array (H, W, 3 or 4), a Frame or a video"
    }
  }

  private static func bounds<Number: CustomStringConvertible>(
    _ low: Number?, _ high: Number?
  ) -> String {
    switch (low, high) {
    case (let low?, let high?): " from \(low) to \(high)"
    case (let low?, nil): " of at least \(low)"
    case (nil, let high?): " of at most \(high)"
    case (nil, nil): ""
    }
  }

  private static func bounds(_ vector: Vector) -> String {
    guard let low = vector.min, let high = vector.max else { return "" }
    return " from \(low) to \(high)"
  }
}

extension InputDescription.Range {
  /// What is refused outside of: all finite numbers where the header declares no range. Headers
  /// with the ends the wrong way round mean what lies between.
  var accepted: ClosedRange<Double> {
    isDeclared
      ? Swift.min(min, max)...Swift.max(min, max)
      : -Double(Float.greatestFiniteMagnitude)...Double(Float.greatestFiniteMagnitude)
  }
}

extension InputDescription.Choices {
  /// What is refused outside of, where there are no values to choose from.
  fileprivate var accepted: ClosedRange<Int64> {
    let low = min.map(Int64.init) ?? .min
    let high = max.map(Int64.init) ?? .max
    return Swift.min(low, high)...Swift.max(low, high)
  }
}

extension InputDescription.Vector {
  fileprivate func component(_ index: Int) -> Double { `default`[safe: index] ?? 0 }
}

extension Array {
  /// The element, or nil outside the bounds.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
