internal import ZCCore

/// One JSON object of a header: its members by the kind of value that fits.
///
/// Names match in the case the specification writes, else in any; `null` counts as absent.
struct HeaderObject {
  let text: AuthorText
  let offset: Int
  private let members: [JSONValue.Member]

  /// Refuses a value that is no object, naming `what` was expected.
  init(_ value: JSONValue, in text: AuthorText, what: String) throws(ZCError) {
    guard case .object(let members) = value.content else {
      throw text.refusal(at: value.offset, "expected \(what), found \(value.noun)")
    }
    self.text = text
    self.offset = value.offset
    self.members = members
  }

  /// The last member of that name.
  func value(_ key: String) -> JSONValue? {
    let member = members.last { $0.name == key } ?? members.last { $0.name.isSpelled(key) }
    guard let value = member?.value else { return nil }
    if case .null = value.content { return nil }
    return value
  }

  /// Text; a number counts as its spelling.
  func string(_ key: String) throws(ZCError) -> String? {
    guard let value = value(key) else { return nil }
    return try string(value, key)
  }

  /// A list of texts; one text alone counts as a list of one.
  func strings(_ key: String) throws(ZCError) -> [String]? {
    guard let value = value(key) else { return nil }
    guard case .array(let values) = value.content else { return [try string(value, key)] }
    var strings: [String] = []
    for value in values { strings.append(try string(value, key)) }
    return strings
  }

  /// A number; a truth value counts as 1 or 0, and a number in quotes as itself.
  func number(_ key: String) throws(ZCError) -> Double? {
    guard let value = value(key) else { return nil }
    return try number(value, key)
  }

  /// The text at a key; nil where there is something else.
  func text(_ key: String) -> String? {
    guard case .string(let text)? = value(key)?.content else { return nil }
    return text
  }

  /// A list of texts that are not all numbers; nil where there is something else.
  func words(_ key: String) -> [String]? {
    guard case .array(let values)? = value(key)?.content else { return nil }
    let words = values.compactMap { value in
      if case .string(let word) = value.content { word } else { nil as String? }
    }
    return words.count == values.count && words.contains { Double($0) == nil } ? words : nil
  }

  /// A list of numbers; one number alone counts as a list of one.
  func numbers(_ key: String) throws(ZCError) -> [Double]? {
    guard let value = value(key) else { return nil }
    guard case .array(let values) = value.content else { return [try number(value, key)] }
    var numbers: [Double] = []
    for value in values { numbers.append(try number(value, key)) }
    return numbers
  }

  /// A whole number that fits GLSL's int; fractions are cut off.
  func integer(_ key: String) throws(ZCError) -> Int32? {
    guard let value = value(key) else { return nil }
    return try integer(value, key)
  }

  /// A list of whole numbers.
  func integers(_ key: String) throws(ZCError) -> [Int32]? {
    guard let value = value(key) else { return nil }
    guard case .array(let values) = value.content else {
      throw text.refusal(
        at: value.offset, "expected an array of numbers for \(key), found \(value.noun)")
    }
    var integers: [Int32] = []
    for value in values { integers.append(try integer(value, key)) }
    return integers
  }

  /// A truth value; numbers above 0 and the texts "true" and "yes" count as true.
  func flag(_ key: String) throws(ZCError) -> Bool? {
    guard let value = value(key) else { return nil }
    switch value.content {
    case .bool(let flag): return flag
    case .number(let number, _): return number > 0
    case .string(let text):
      switch text.lowercased() {
      case "true", "yes": return true
      case "false", "no", "": return false
      default: if let number = Double(text) { return number > 0 }
      }
    default: break
    }
    throw text.refusal(
      at: value.offset, "expected true or false for \(key), found \(value.noun)")
  }

  /// The elements of an array of objects.
  func objects(_ key: String, what: String) throws(ZCError) -> [HeaderObject]? {
    guard let value = value(key) else { return nil }
    guard case .array(let values) = value.content else {
      throw text.refusal(at: value.offset, "expected an array for \(key), found \(value.noun)")
    }
    var objects: [HeaderObject] = []
    for value in values { objects.append(try HeaderObject(value, in: text, what: what)) }
    return objects
  }

  /// The elements of an array of objects, or those of an object of objects with their names.
  func entries(
    _ key: String, what: String
  ) throws(ZCError) -> [(name: String?, object: HeaderObject)] {
    guard let value = value(key) else { return [] }
    var entries: [(name: String?, object: HeaderObject)] = []
    switch value.content {
    case .array(let values):
      for value in values { entries.append((nil, try HeaderObject(value, in: text, what: what))) }
    case .object(let members):
      for member in members {
        entries.append((member.name, try HeaderObject(member.value, in: text, what: what)))
      }
    default:
      throw text.refusal(
        at: value.offset, "expected an object or an array for \(key), found \(value.noun)")
    }
    return entries
  }

  /// Refuses more than `limit` of anything.
  func refuse(beyond limit: Int, _ count: Int, _ key: String) throws(ZCError) {
    guard count > limit else { return }
    throw refusal("\(count) \(key); at most \(limit) can be had", at: key)
  }

  /// Refuses the object at the value of `key`, or at its own beginning.
  func refusal(_ message: String, at key: String, hint: String? = nil) -> ZCError {
    text.refusal(at: value(key)?.offset ?? offset, message, hint: hint)
  }
}

extension HeaderObject {
  private func string(_ value: JSONValue, _ key: String) throws(ZCError) -> String {
    switch value.content {
    case .string(let text): return text
    case .number(_, let spelling): return spelling
    default:
      throw text.refusal(at: value.offset, "expected a string for \(key), found \(value.noun)")
    }
  }

  private func number(_ value: JSONValue, _ key: String) throws(ZCError) -> Double {
    switch value.content {
    case .number(let number, _): return number
    case .bool(let flag): return flag ? 1 : 0
    case .string(let text): if let number = Double(text), number.isFinite { return number }
    default: break
    }
    throw text.refusal(at: value.offset, "expected a number for \(key), found \(value.noun)")
  }

  private func integer(_ value: JSONValue, _ key: String) throws(ZCError) -> Int32 {
    let number = try number(value, key)
    guard let integer = Int32(exactly: number.rounded(.towardZero)) else {
      throw text.refusal(
        at: value.offset, "expected a whole number of 32 bits for \(key), found \(value.noun)")
    }
    return integer
  }
}

extension String {
  /// This is `capitals`, in any case.
  fileprivate func isSpelled(_ capitals: String) -> Bool {
    utf8.count == capitals.utf8.count
      && utf8.elementsEqual(capitals.utf8) { mine, capital in
        mine == capital || mine.isLetter && mine & ~0x20 == capital
      }
  }
}
