import Testing
import ZCGL

@Suite("ThreadBinding")
struct ThreadBindingTests {
  @Test("no binding is no context on no display")
  func none() {
    #expect(ThreadBinding() == .none)
    var binding = ThreadBinding()
    binding.context = 1
    #expect(binding != .none)
  }
}
