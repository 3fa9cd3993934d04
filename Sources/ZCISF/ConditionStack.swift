/// The preprocessor conditions that are open, as far as they ask for OpenGL ES.
struct ConditionStack {
  private enum Branch { case any, onlyES, onlyDesktop }

  private var branches: [Branch] = []
  private var desktopOnlyCount = 0

  /// OpenGL ES does not see the present line.
  var isDesktopOnly: Bool { desktopOnlyCount > 0 }

  /// Takes the first words of a preprocessor line.
  mutating func pass(_ words: [String]) {
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
