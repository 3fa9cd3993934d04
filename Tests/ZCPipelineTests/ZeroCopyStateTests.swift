import Testing
import ZCCore
import ZCPipeline

@Suite("the road of a video's frames")
struct ZeroCopyStateTests {
  private typealias Refusal = ZeroCopyState.Refusal

  private func state(_ mode: ZeroCopyState.Mode = .automatic, after imports: Int = 0)
    -> ZeroCopyState
  {
    var state = ZeroCopyState(mode: mode, refusal: nil)
    for _ in 0..<imports { state.presentedImport() }
    return state
  }

  /// How many frames are copied before an import is tried.
  private func wait(_ state: inout ZeroCopyState) -> Int {
    var frames = 0
    while frames < 10_000, !state.tries() { frames += 1 }
    return frames
  }

  @Test("where nothing speaks against it, imports are tried, and trusted after 12 in a row")
  func activation() {
    var state = state(after: 11)
    #expect(state.phase == .pending)
    let tries = state.tries()
    state.presentedImport()
    #expect(tries && state.phase == .zeroCopy && state.refusal == nil)
    #expect(state.counts.activations == 1 && state.streak == 12)
    #expect(state.counts.imported == 12 && state.counts.copied == 0)
  }

  @Test("a copy in between begins the count anew")
  func interrupted() {
    var state = state(after: 11)
    state.presentedCopy(Refusal(.poolPressure, ""))
    for _ in 0..<11 { state.presentedImport() }
    #expect(state.phase == .pending)
    state.presentedImport()
    #expect(state.phase == .zeroCopy)
  }

  @Test("a frame that could not be presented is counted, and says nothing of imports")
  func dropped() {
    var state = state(after: 11)
    state.dropped()
    state.presentedImport()
    #expect(state.phase == .zeroCopy)
    #expect(state.counts.dropped == 1 && state.counts.presented == 12)
  }

  @Test(
    "what is known from the start decides the road",
    arguments: [
      (ZeroCopyState.Reason.softwareDecoding, ZeroCopyState.Phase.software),
      (.noCapability, .download), (.unsupportedFormat, .download),
    ])
  func start(_ reason: ZeroCopyState.Reason, _ phase: ZeroCopyState.Phase) {
    var state = ZeroCopyState(refusal: Refusal(reason, "words"))
    #expect(state.phase == phase)
    #expect(wait(&state) == 10_000, "nothing will change, so nothing is tried")
    state.presentedCopy()
    #expect(state.counts.reasons == [reason: 1])
  }

  @Test("required is blocked where it cannot be", arguments: ZeroCopyState.Reason.allCases)
  func blocked(_ reason: ZeroCopyState.Reason) {
    var state = ZeroCopyState(mode: .required, refusal: Refusal(reason, "words"))
    let tries = state.tries()
    #expect(state.phase == .blocked && !tries)
    state.presentedCopy(Refusal(.importFailure, ""))
    #expect(state.phase == .blocked && state.refusal?.reason == reason)
  }

  @Test(
    "a frame that is refused where no copy is allowed is dropped; the next is tried if it may fare better",
    arguments: ZeroCopyState.Reason.allCases)
  func refused(_ reason: ZeroCopyState.Reason) {
    var state = state(.required, after: 12)
    state.refuse(Refusal(reason, "words"))
    let canPass = [.importFailure, .backendFailure, .poolPressure].contains(reason)
    let tries = state.tries()
    #expect(tries == canPass && state.phase == (canPass ? .pending : .blocked))
    #expect(state.counts.dropped == 1 && state.counts.presented == 12 && state.streak == 0)
    #expect(state.refusal == Refusal(reason, "words"))
    state.refuse(nil)
    #expect(state.refusal?.reason == reason && state.counts.dropped == 2)
  }

  @Test("off is a download, whatever could be; software stays software")
  func off() {
    var state = ZeroCopyState(mode: .off, refusal: nil)
    #expect(state.phase == .download && state.refusal?.reason == .forced)
    #expect(wait(&state) == 10_000)
    let software = ZeroCopyState(mode: .off, refusal: Refusal(.softwareDecoding, ""))
    #expect(software.phase == .software && software.refusal?.reason == .softwareDecoding)
  }

  @Test(
    "an import that fails ends it; it is tried again later and later",
    arguments: [ZeroCopyState.Reason.importFailure, .backendFailure])
  func backOff(_ reason: ZeroCopyState.Reason) {
    var state = state(after: 12)
    var waits: [Int] = []
    for _ in 0..<8 {
      state.presentedCopy(Refusal(reason, "BAD_ALLOC"))
      #expect(state.phase == .download && state.streak == 0)
      waits.append(wait(&state))
    }
    // The 12th, 24th, … frame is tried; no more than 767 are copied in between.
    #expect(waits == [11, 23, 47, 95, 191, 383, 767, 767])
    #expect(state.counts.probes == 8 && state.counts.reasons == [reason: 8])
  }

  @Test("a try that goes well makes it pending, and 12 of them forget the failures")
  func recovery() {
    var state = state(after: 12)
    for _ in 0..<3 { state.presentedCopy(Refusal(.importFailure, "")) }
    _ = wait(&state)
    state.presentedImport()
    #expect(state.phase == .pending)
    for _ in 0..<11 { state.presentedImport() }
    #expect(state.phase == .zeroCopy && state.counts.activations == 2)
    state.presentedCopy(Refusal(.importFailure, ""))
    #expect(wait(&state) == 11)
  }

  @Test("a frame that was moved to memory leaves imports tried")
  func poolPressure() {
    var state = state(after: 12)
    state.presentedCopy(Refusal(.poolPressure, "8 frames are held"))
    let tries = state.tries()
    #expect(state.phase == .pending && tries)
    #expect(state.counts.reasons == [.poolPressure: 1])
  }

  @Test("a format that cannot be imported is not tried again until there is another")
  func format() {
    var state = state(after: 3)
    state.presentedCopy(Refusal(.unsupportedFormat, "yuv444p"))
    #expect(wait(&state) == 10_000)
    state.begin(nil)
    let tries = state.tries()
    #expect(state.phase == .pending && tries && state.streak == 0)
  }

  @Test("a decoder that goes over to the CPU in the middle is software from there")
  func software() {
    var state = state(after: 12)
    state.presentedCopy(Refusal(.softwareDecoding, "the device was lost"))
    #expect(state.phase == .software)
    state.presentedImport()
    #expect(state.phase == .software, "a frame that was decoded before")
  }

  @Test("what was presented is what was imported and what was copied; nothing is negative")
  func sums() {
    var state = state(after: 5)
    for reason in ZeroCopyState.Reason.allCases {
      state.presentedCopy(Refusal(reason, ""))
      state.presentedImport()
    }
    let counts = state.counts
    #expect(counts.presented == counts.imported + counts.copied)
    #expect(counts.reasons.values.reduce(0, +) == counts.copied)
  }

  @Test("it tells its story in words")
  func words() {
    var state = state(after: 3)
    #expect(state.explanation == "pending: 3 of 12 frames in a row came without a copy.")
    for _ in 0..<9 { state.presentedImport() }
    #expect(state.explanation == "zero_copy: 12 frames in a row came without a copy.")
    state.presentedCopy(Refusal(.importFailure, "EGL_BAD_ALLOC"))
    #expect(
      state.explanation == """
        hw_download: the device decodes, frames are copied to memory and uploaded. \
        import failure: EGL_BAD_ALLOC. Tried again after 12 more frames.
        """)
    let blocked = ZeroCopyState(mode: .required, refusal: Refusal(.softwareDecoding, "no device"))
    #expect(
      blocked.explanation == """
        blocked: zero_copy="require" allows no copy, and there is no way around one. \
        software decoding: no device.
        """)
    #expect(
      ZeroCopyState(mode: .off, refusal: nil).explanation == """
        hw_download: the device decodes, frames are copied to memory and uploaded. \
        forced: zero_copy="off".
        """)
    #expect(state.report.text.contains("\"state\": \"hw_download\""))
  }
}
