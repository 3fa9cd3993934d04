/// A preprocessor line as it is read.
struct DirectiveLine {
  /// The token that begins it.
  let token: Int
  /// The directive and the first name behind it.
  private(set) var words: [String] = []
  private var body: Set<String> = []
  private var parameters: Set<String> = []
  private enum Part { case name, parameters, body }
  private var part = Part.name
  /// Where the macro's name ends, in bytes.
  private var nameEnd = -1

  init(token: Int) { self.token = token }

  mutating func take(_ name: String, end: Int) {
    if words.count < 2 {
      words.append(name)
      nameEnd = end
      return
    }
    if part == .name { part = .body }
    if part == .body {
      body.insert(name)
    } else {
      parameters.insert(name)
    }
  }

  mutating func take(_ mark: UInt8, start: Int) {
    switch part {
    case .name: part = mark == UInt8(ascii: "(") && start == nameEnd ? .parameters : .body
    case .parameters: if mark == UInt8(ascii: ")") { part = .body }
    case .body: break
    }
  }

  /// The macro that the line defines, with the names in its expansion.
  var macro: (name: String, expansion: Set<String>)? {
    guard words.count == 2, words.first == "define", let name = words.last else { return nil }
    return (name, body.subtracting(parameters).subtracting([name]))
  }
}
