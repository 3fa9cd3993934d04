/// The GLSL that stands before the author's.
struct Prelude {
  /// The prelude's lines count from here, so that no author's line is taken for one of them.
  static let firstLine = 1_000_000

  let description: ShaderDescription
  let names: NameMap
  let dialect: Dialect
  /// The vertices are the corners of a square, not a triangle around it.
  let usesQuad: Bool

  func fragment(_ output: FragmentOutput, declarations: String) -> String {
    """
    \(opening)in vec2 isf_FragNormCoord;
    \(output.declaration)\(Self.functions)\(Self.biasedFunctions)\(declarations)\(uniforms)
    #define isf_FragCoord gl_FragCoord

    """
  }

  // The functions come before the uniforms, which may hide the built-ins they call.
  func vertex(declarations: String) -> String {
    let corner =
      usesQuad
      ? "vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1))"
      : "vec2(float((gl_VertexID & 1) << 1), float(gl_VertexID & 2))"
    return """
      \(opening)out vec2 isf_FragNormCoord;
      void isf_vertShaderInit() {
        isf_FragNormCoord = \(corner);
        gl_Position = vec4(isf_FragNormCoord * 2.0 - 1.0, 0.0, 1.0);
      }
      #define vv_vertShaderInit isf_vertShaderInit
      \(Self.functions)\(declarations)\(uniforms)

      """
  }

  /// Up to the default precisions.
  private var opening: String {
    var text = "#version \(dialect.version)\n"
    if dialect.isES, dialect.hasImplicitConversions {
      text += "#extension GL_EXT_shader_implicit_conversions : enable\n"
    }
    if dialect == .gl330 {
      // Whole numbers without a sign beside those with one, and in a `return` beside floats, which
      // shaders written for newer OpenGL have; where a driver has neither, this says nothing.
      for name in ["gpu_shader5", "shading_language_420pack"] {
        text += "#extension GL_ARB_\(name) : enable\n"
      }
    }
    text += "#line \(Self.firstLine) 0\n"
    guard dialect.isES else { return text }
    for type in ["float", "int", "sampler2D", "samplerCube"] {
      text += "precision highp \(type);\n"
    }
    return text
  }

  private var uniforms: String {
    var text = "#define vv_FragNormCoord isf_FragNormCoord\n"
    for (type, name) in GLSLWords.uniforms { text += "uniform \(type) \(name);\n" }
    for input in description.inputs {
      guard let type = Self.type(of: input.kind) else { continue }
      text += "uniform \(type) \(names.uniformName(of: input.name));\n"
    }
    for (name, type) in description.samplers {
      text += """
        uniform \(type) \(names.uniformName(of: name));
        #define _\(name)_imgRect vec4(0.0, 0.0, 1.0, 1.0)
        #define _\(name)_imgSize vec2(textureSize(\(names.uniformName(of: name)), 0))
        #define _\(name)_flip false

        """
    }
    return text
  }

  /// nil for what is a sampler.
  private static func type(of kind: InputDescription.Kind) -> String? {
    switch kind {
    case .event, .bool: "bool"
    case .long: "int"
    case .float: "float"
    case .point2D: "vec2"
    case .point3D: "vec3"
    case .color: "vec4"
    case .image, .audio, .audioFFT, .cube: nil
    }
  }

  private static let functions = """
    vec2 IMG_SIZE(sampler2D image) { return vec2(textureSize(image, 0)); }
    vec4 IMG_NORM_PIXEL(sampler2D image, vec2 at) { return texture(image, at); }
    vec4 IMG_PIXEL(sampler2D image, vec2 at) { return texture(image, at / IMG_SIZE(image)); }
    vec4 IMG_THIS_NORM_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }
    vec4 IMG_NORM_THIS_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }
    vec4 IMG_THIS_PIXEL(sampler2D image) { return texture(image, isf_FragNormCoord); }

    """

  private static let biasedFunctions = """
    vec4 IMG_NORM_PIXEL(sampler2D image, vec2 at, float bias) { return texture(image, at, bias); }
    vec4 IMG_PIXEL(sampler2D image, vec2 at, float bias) {
      return texture(image, at / IMG_SIZE(image), bias);
    }

    """
}
