import Testing
import ZCPipeline

@Suite("settings of a pipeline")
struct PipelineSettingsTests {
  @Test("words set what they name; the others keep their defaults")
  func words() {
    let (settings, unknown) = PipelineSettings.parse("latency=0.05, ahead=8,cache=0 backlog=7")
    #expect(settings.latency == 0.05 && settings.ahead == 8)
    #expect(settings.cache == 0 && settings.backlog == 7)
    #expect(settings.patience == PipelineSettings().patience)
    #expect(unknown.isEmpty)
  }

  @Test(
    "what is no word, or no value for it, is told and changes nothing",
    arguments: [
      "ahead", "ahead=", "ahead=x", "ahead=0", "ahead=65", "ahead=2.5", "latency=-1",
      "latency=nan", "latency=inf", "patience=0", "backlog=1e30", "depth=3", "cache=-1",
    ])
  func refused(_ word: String) {
    let (settings, unknown) = PipelineSettings.parse(word)
    #expect(settings == PipelineSettings())
    #expect(unknown == [word])
  }

  @Test("the longest wait for a keyframe is 16 times the first")
  func patience() {
    let (settings, _) = PipelineSettings.parse("patience=0.5")
    #expect(settings.backOff == .init(first: 0.5, most: 8))
  }
}
