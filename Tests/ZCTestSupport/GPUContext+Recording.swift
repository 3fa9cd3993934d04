package import ZCContext
import ZCCore

extension GPUContext {
  /// A context on a recorder; re-initialised, it goes on with a fresh one.
  package convenience init(recording gl: RecordingGL, poolBudget: Int? = nil) {
    self.init(driver: gl, poolBudget: poolBudget) { () throws(ZCError) in RecordingGL() }
  }
}
