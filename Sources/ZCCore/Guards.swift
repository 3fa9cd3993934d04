#if ZCG_UNGUARDED
  import Glibc
#endif

/// The rules that make a program's mistakes harmless, and whether this build keeps them.
///
/// The build that is shipped keeps them all: every question below is the constant `true`, and what
/// stands behind it costs nothing. The crash laboratory (tests_py/crash) has a build of its own,
/// made with `-DZCG_UNGUARDED`, from which it takes single rules away to show what each prevents:
/// `ZCGPU_UNGUARDED_RULES` names them, `all` is every one. That build is never in a wheel.
///
/// Public and inlinable: the bodies of `package` declarations do not cross modules.
public enum Guards {
  @frozen public enum Rule: UInt32, CaseIterable, Sendable {
    /// What is of an ended generation is told apart by more than its GL names.
    case generations
    /// A handle has an epoch beside its index.
    case handles
    /// A payload goes with its last hold, not with its first.
    case holders
    /// Dropping buries; nothing is deleted in whatever context happens to be current.
    case burials
    /// What the GPU may still read waits for its fence.
    case fences
    /// One thread at a time in a context.
    case turns
    /// A child of `fork` is told from its parent.
    case forks
    /// Mapped pixels keep their memory while anyone looks at them.
    case views
    /// Sizes are compared with what the driver takes and what the caller's memory holds.
    case sizes
    /// A pool refuses what its budget cannot hold.
    case budgets
    /// What nests is read to a certain depth.
    case depths
    /// What the driver reports is asked for and thrown.
    case errors
    /// A closed or lost context is used no more.
    case phases
    /// A call makes its own context current, whatever was.
    case bindings
    /// The host's context comes back after a call.
    case hosts
    /// The state of a host's GL is ours while we draw, and its own again afterwards.
    case states
    /// A borrowed context is known by what we put into it, not by its address.
    case sentinels
    /// A display is shared, and never terminated.
    case displays
    /// A frame is used in the context that it was made in.
    case contexts
    /// An input that is not there, or a value that does not fit it, is refused.
    case inputs
    /// A frame keeps the memory that it was decoded into, whatever becomes of its video.
    case pictures
    /// What was decoded with damage is not shown.
    case damage
    /// After a break nothing goes to a decoder before a keyframe.
    case gates
    /// After a break nothing comes out that was decoded before it.
    case rounds
    /// A thread that ends tells those who wait for it.
    case endings
  }

  /// Whether this build keeps a rule.
  @inlinable public static func keep(_ rule: Rule) -> Bool {
    #if ZCG_UNGUARDED
      removed & (1 << rule.rawValue) == 0
    #else
      true
    #endif
  }

  #if ZCG_UNGUARDED
    /// One bit for each rule that the environment takes away, read once.
    @usableFromInline static let removed: UInt32 = {
      // getenv's string lives until the environment changes; it is copied at once.
      guard let list = unsafe getenv("ZCGPU_UNGUARDED_RULES") else { return 0 }
      return unsafe String(cString: list).split(separator: " ").reduce(0) { bits, word in
        if word == "all" { return .max }
        guard let rule = Rule.allCases.first(where: { "\($0)" == word }) else {
          print("there is no rule \(word)")
          exit(64)
        }
        return bits | 1 << rule.rawValue
      }
    }()
  #endif
}
