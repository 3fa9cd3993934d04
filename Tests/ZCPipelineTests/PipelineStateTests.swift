import Testing
import ZCPipeline

@Suite("the state of a pipeline")
struct PipelineStateTests {
  private static let order: [PipelineState.Step] = [
    .stopWorkers, .drainPresenter, .dropCache, .flushGPU, .closeDecoder,
  ]

  @Test("stopping does the same steps in the same order, running or ended")
  func stops() {
    for hasEnded in [false, true] {
      var state = PipelineState.running
      if hasEnded { state.end() }
      let isMine = state.stop()
      #expect(isMine && !state.isOpen)
      var done: [PipelineState.Step] = []
      while let step = state.step {
        done.append(step)
        state.finish(step)
      }
      #expect(done == Self.order)
      #expect(state == .stopped)
    }
  }

  @Test("one caller stops; whoever comes during that or afterwards does not")
  func once() {
    var state = PipelineState.running
    var stops = [state.stop(), state.stop()]
    while let step = state.step { state.finish(step) }
    stops.append(state.stop())
    #expect(stops == [true, false, false])
  }

  @Test("a step that is not the next one moves nothing, and nothing goes back")
  func order() {
    var state = PipelineState.running
    state.finish(.closeDecoder)
    #expect(state == .running)
    _ = state.stop()
    state.finish(.dropCache)
    #expect(state.step == .stopWorkers)
    state.end()
    #expect(state.step == .stopWorkers)
  }

  @Test("what has ended may begin anew, what stops may not")
  func resumes() {
    var state = PipelineState.running
    state.end()
    state.resume()
    #expect(state == .running)
    _ = state.stop()
    state.resume()
    #expect(state.step == .stopWorkers)
  }

  @Test("each state has a word")
  func words() {
    let states: [PipelineState] = [.running, .ended, .stopping(.dropCache), .stopped]
    #expect(states.map(\.word) == ["running", "ended", "stopping", "stopped"])
  }
}
