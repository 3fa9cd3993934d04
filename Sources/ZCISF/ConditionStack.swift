/// The preprocessor conditions that are open, as far as they ask for OpenGL ES.
struct ConditionStack {
  private enum Branch { case any, onlyES, onlyDesktop }

  private var branches: [Branch] = []
  /// The brackets that were open at each `#if`, and the most at the end of one of its branches.
  private var depths: [(start: Int, end: Int)] = []
  private var desktopOnlyCount = 0

  /// OpenGL ES does not see the present line.
  var isDesktopOnly: Bool { desktopOnlyCount > 0 }

  /// The present line stands in a condition.
  var isOpen: Bool { !branches.isEmpty }

  /// Takes the first words of a preprocessor line; each branch of a condition begins with as many
  /// open brackets as the first, and what follows goes on from the branch that leaves most open.
  mutating func pass(_ words: [String], depth: inout Int) {
    switch words.first {
    case "if", "ifdef", "ifndef": depths.append((depth, 0))
    case "else", "elif":
      guard let (start, end) = depths.popLast() else { return }
      depths.append((start, max(end, depth)))
      depth = start
    case "endif":
      guard let (_, end) = depths.popLast() else { return }
      depth = max(end, depth)
    default: return
    }
    switch words.first {
    case "ifdef": push(words.last == "GL_ES" ? .onlyES : .any)
    case "ifndef": push(words.last == "GL_ES" ? .onlyDesktop : .any)
    case "if": push(.any)
    case "else", "elif":
      switch pop() {
      case .onlyES: push(.onlyDesktop)
      case .onlyDesktop: push(.onlyES)
      case .any: push(.any)
      case nil: break
      }
    case "endif": _ = pop()
    default: break
    }
  }

  private mutating func push(_ branch: Branch) {
    branches.append(branch)
    if branch == .onlyDesktop { desktopOnlyCount += 1 }
  }

  private mutating func pop() -> Branch? {
    let branch = branches.popLast()
    if branch == .onlyDesktop { desktopOnlyCount -= 1 }
    return branch
  }
}
