package import ZCContext
import ZCCore

extension GPUContext {
  /// A context on a recorder; re-initialised, it goes on with a fresh one.
  package convenience init(recording gl: RecordingGL) {
    self.init(driver: gl) { () throws(ZCError) in RecordingGL() }
  }
}
