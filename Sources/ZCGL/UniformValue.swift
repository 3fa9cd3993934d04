/// A value for one uniform of a program.
package enum UniformValue: Hashable, Sendable {
  case int(Int32)
  case float(Float)
  case vec2(Float, Float)
  case vec3(Float, Float, Float)
  case vec4(Float, Float, Float, Float)
}
