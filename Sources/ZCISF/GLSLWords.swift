/// Which names GLSL and ISF keep for themselves.
enum GLSLWords {
  /// What cannot be the name of an input or target, said as a reason; nil where the name is fine.
  static func fault(inName name: String) -> String? {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, first.beginsIdentifier,
      bytes.allSatisfy(\.continuesIdentifier)
    else {
      return "a name is made of letters, digits and underscores, and begins with no digit"
    }
    if builtIns.contains(name) { return "ISF itself has something of that name" }
    if keywords.contains(name) || name == "main" { return "it is a word of GLSL" }
    for prefix in ["gl_", "isf_", "vv_", "IMG_"] where name.hasPrefix(prefix) {
      return "names that begin with \(prefix) are kept for GLSL and ISF"
    }
    return nil
  }

  /// The uniforms every shader sees, with their types.
  static let uniforms: [(type: String, name: String)] = [
    ("int", "PASSINDEX"), ("vec2", "RENDERSIZE"), ("float", "TIME"), ("float", "TIMEDELTA"),
    ("vec4", "DATE"), ("int", "FRAMEINDEX"),
  ]

  /// What the prelude declares for every shader.
  static let builtIns: Set<String> = Set(uniforms.map(\.name)).union([
    "isf_FragNormCoord", "isf_FragCoord", "vv_FragNormCoord", "isf_vertShaderInit",
    "vv_vertShaderInit", "IMG_PIXEL", "IMG_NORM_PIXEL", "IMG_THIS_PIXEL",
    "IMG_THIS_NORM_PIXEL", "IMG_NORM_THIS_PIXEL", "IMG_SIZE",
  ])

  /// Words that shaders of every age use as words.
  static let keywords: Set<String> = Set(
    split(
      """
      attribute const uniform varying in out inout invariant struct layout
      break continue do for while if else switch case default return discard
      true false lowp mediump highp precision void float int uint bool double
      vec2 vec3 vec4 ivec2 ivec3 ivec4 bvec2 bvec3 bvec4 uvec2 uvec3 uvec4 dvec2 dvec3 dvec4
      mat2 mat3 mat4 mat2x2 mat2x3 mat2x4 mat3x2 mat3x3 mat3x4 mat4x2 mat4x3 mat4x4
      sampler1D sampler2D sampler3D samplerCube sampler2DRect sampler2DArray samplerBuffer
      sampler1DShadow sampler2DShadow samplerCubeShadow isampler2D usampler2D defined
      """))

  /// Words that today's GLSL reserves, and that older shaders use as names.
  static let formerNames: Set<String> = Set(
    split(
      """
      active asm atomic_uint buffer cast centroid class coherent common enum extern external filter
      fixed flat goto half image1D image2D image3D imageBuffer imageCube inline input interface
      long namespace noinline noperspective output packed partition patch precise public readonly
      resource restrict sample sampler shared short sizeof smooth static subroutine superp template
      this typedef union unsigned using volatile writeonly precision case
      mat2x2 mat2x3 mat2x4 mat3x2 mat3x3 mat3x4 mat4x2 mat4x3 mat4x4
      dmat2 dmat3 dmat4 dvec2 dvec3 dvec4 double
      hvec2 hvec3 hvec4 fvec2 fvec3 fvec4 subroutine sampler3DRect
      """))

  /// Built-in functions that the prelude calls, or that legacy names turn into: a uniform of such
  /// a name would hide them.
  static let calledFunctions: Set<String> = [
    "texture", "textureSize", "textureLod", "textureProj", "textureProjLod", "textureGrad",
  ]

  /// The built-in functions that authors write their own of.
  static let builtInFunctions: Set<String> = calledFunctions.union(
    split(
      """
      abs acos acosh all any asin asinh atan atanh ceil clamp cos cosh cross dFdx dFdy degrees
      determinant distance dot equal exp exp2 faceforward floor fma fract fwidth greaterThan
      greaterThanEqual inverse inversesqrt isinf isnan length lessThan lessThanEqual log log2
      matrixCompMult max min mix mod modf not normalize notEqual outerProduct pow radians reflect
      refract round roundEven sign sin sinh smoothstep sqrt step tan tanh texelFetch transpose trunc
      """))

  /// The prelude's functions.
  static let ownFunctions: Set<String> = [
    "IMG_PIXEL", "IMG_NORM_PIXEL", "IMG_THIS_PIXEL", "IMG_THIS_NORM_PIXEL", "IMG_NORM_THIS_PIXEL",
    "IMG_SIZE", "isf_vertShaderInit",
  ]

  /// Functions whose names authors give to their own.
  static let hideableFunctions = builtInFunctions.union(ownFunctions)

  /// Built-in functions that are constant expressions where their arguments are.
  static let constantFunctions: Set<String> = builtInFunctions.subtracting(calledFunctions)
    .subtracting(["dFdx", "dFdy", "fwidth", "texelFetch", "modf"])

  /// What is made of floats.
  static let floatTypes: Set<String> = ["float", "vec2", "vec3", "vec4", "mat2", "mat3", "mat4"]

  /// Words that make a statement part of another.
  static let branches: Set<String> = ["if", "else", "for", "while", "do", "switch"]

  /// Words that stand before a name without being its type.
  static let neverTypes: Set<String> = Set(
    split(
      """
      attribute const uniform varying in out inout invariant precise layout
      break continue do for while if else switch case default return discard precision
      lowp mediump highp flat smooth noperspective centroid sample patch shared coherent volatile
      restrict readonly writeonly buffer subroutine defined
      """))

  /// Words that may stand before the type of a declaration.
  static let qualifiers: Set<String> = Set(
    split(
      """
      attribute const uniform varying in out inout invariant precise layout lowp mediump highp
      flat smooth noperspective centroid sample patch shared coherent volatile restrict readonly
      writeonly buffer
      """))

  /// What the functions and types of GLSL before 1.30 are called today. Images are never
  /// rectangle textures here, so those take pixels and divide by the image's size.
  static let successors: [String: String] = [
    "texture1D": "texture", "texture2D": "texture", "texture3D": "texture",
    "textureCube": "texture", "shadow2D": "texture",
    "texture2DLod": "textureLod", "texture2DLodEXT": "textureLod", "texture2DLodARB": "textureLod",
    "texture3DLod": "textureLod", "textureCubeLod": "textureLod", "textureCubeLodEXT": "textureLod",
    "texture2DProj": "textureProj", "texture2DProjLod": "textureProjLod",
    "texture2DProjLodEXT": "textureProjLod",
    "texture2DGradEXT": "textureGrad", "texture2DGradARB": "textureGrad",
    "texture2DGrad": "textureGrad", "textureCubeGradEXT": "textureGrad",
    "texture2DRect": "IMG_PIXEL", "sampler2DRect": "sampler2D",
  ]

  private static func split(_ words: String) -> [String] {
    words.split(whereSeparator: \.isWhitespace).map(String.init)
  }
}
