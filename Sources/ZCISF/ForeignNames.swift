/// What other hosts and languages call what ISF and GLSL have by another name.
enum ForeignNames {
  /// Shadertoy's, and what fits them.
  static let shadertoy: [String: String] = [
    "iTime": "TIME", "iGlobalTime": "TIME", "iTimeDelta": "TIMEDELTA",
    "iResolution": "RENDERSIZE", "iFrame": "FRAMEINDEX", "iDate": "DATE",
    "iFrameRate": "1.0 / TIMEDELTA", "fragCoord": "gl_FragCoord.xy",
    "iMouse": "a point2D input", "iChannel0": "an image input", "iChannel1": "an image input",
    "iChannel2": "an image input", "iChannel3": "an image input",
    "iChannelResolution": "IMG_SIZE(image)", "iSampleRate": "the rate of an audio input",
  ]

  /// Those of older GLSL, of other hosts and of HLSL, and what fits them.
  static let others: [String: String] = [
    "gl_TexCoord": "isf_FragNormCoord", "gl_Vertex": "isf_vertShaderInit()",
    "gl_MultiTexCoord0": "isf_FragNormCoord", "ftransform": "isf_vertShaderInit()",
    "gl_ModelViewProjectionMatrix": "isf_vertShaderInit()",
    "resolution": "RENDERSIZE", "u_resolution": "RENDERSIZE", "u_time": "TIME",
    "uResolution": "RENDERSIZE", "uTime": "TIME", "mouse": "a point2D input",
    "u_mouse": "a point2D input", "surfacePosition": "isf_FragNormCoord",
    "vTexCoord": "isf_FragNormCoord", "v_texcoord": "isf_FragNormCoord",
    "vUv": "isf_FragNormCoord", "tex_coord": "isf_FragNormCoord",
    "lerp": "mix", "frac": "fract", "fmod": "mod", "rsqrt": "inversesqrt", "ddx": "dFdx",
    "ddy": "dFdy", "saturate": "clamp(x, 0.0, 1.0)", "atan2": "atan(y, x)", "mul": "*",
    "tex2D": "IMG_NORM_PIXEL", "float2": "vec2", "float3": "vec3", "float4": "vec4",
    "float2x2": "mat2", "float3x3": "mat3", "float4x4": "mat4", "half2": "vec2", "half3": "vec3",
    "half4": "vec4", "int2": "ivec2", "int3": "ivec3", "int4": "ivec4", "vector2": "vec2",
    "vector3": "vec3", "vector4": "vec4", "PI": "a '#define PI 3.14159265359'",
    "M_PI": "a '#define M_PI 3.14159265359'",
  ]

  /// What to write instead of a name that is not ISF's.
  static func hint(for name: String) -> String? {
    if let ours = shadertoy[name] {
      return "'\(name)' is Shadertoy's: in ISF it is \(ours); "
        + "'zcgpu convert shadertoy FILE' converts a whole shader"
    }
    return others[name].map { "there is no '\(name)' in ISF: use \($0)" }
  }

  /// The signatures of ISF's own functions.
  static let signatures: [String: String] = [
    "IMG_PIXEL": "IMG_PIXEL(image, vec2 pixel)",
    "IMG_NORM_PIXEL": "IMG_NORM_PIXEL(image, vec2 place), the place from 0.0 to 1.0",
    "IMG_THIS_PIXEL": "IMG_THIS_PIXEL(image)",
    "IMG_THIS_NORM_PIXEL": "IMG_THIS_NORM_PIXEL(image)",
    "IMG_NORM_THIS_PIXEL": "IMG_NORM_THIS_PIXEL(image)",
    "IMG_SIZE": "IMG_SIZE(image), a vec2 of pixels",
    "isf_vertShaderInit": "isf_vertShaderInit()", "vv_vertShaderInit": "vv_vertShaderInit()",
  ]
}
