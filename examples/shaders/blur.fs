/*{
  "DESCRIPTION": "A gaussian blur: halved, blurred across, then upwards; a focus stays sharp.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Blur"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    { "NAME": "radius", "LABEL": "Radius", "TYPE": "float", "DEFAULT": 10.0, "MIN": 0.0, "MAX": 40.0 },
    { "NAME": "focused", "LABEL": "Keep a sharp focus", "TYPE": "bool", "DEFAULT": true },
    {
      "NAME": "focus", "LABEL": "Focus", "TYPE": "point2D",
      "DEFAULT": [0.64, 0.46], "MIN": [0.0, 0.0], "MAX": [1.0, 1.0]
    },
    { "NAME": "reach", "LABEL": "Focus radius", "TYPE": "float", "DEFAULT": 0.22, "MIN": 0.0, "MAX": 1.0 }
  ],
  "PASSES": [
    { "TARGET": "halved", "WIDTH": "max(floor($WIDTH/2.0), 1)", "HEIGHT": "max(floor($HEIGHT/2.0), 1)" },
    { "TARGET": "across", "WIDTH": "max(floor($WIDTH/2.0), 1)", "HEIGHT": "max(floor($HEIGHT/2.0), 1)" },
    { "TARGET": "blurred", "WIDTH": "max(floor($WIDTH/2.0), 1)", "HEIGHT": "max(floor($HEIGHT/2.0), 1)" },
    {}
  ]
}*/

#if __VERSION__ <= 120
varying vec2 step_by;
#else
in vec2 step_by;
#endif

const int TAPS = 20;

// What this pass blurs, at `at`.
vec4 tap(vec2 at) {
  return PASSINDEX == 1 ? IMG_NORM_PIXEL(halved, at) : IMG_NORM_PIXEL(across, at);
}

vec4 blurred_along(vec2 at) {
  float deviation = max(0.25 * radius, 0.05);
  float falloff = -0.5 / (deviation * deviation);
  vec4 sum = tap(at);
  // One read between two texels weighs them both.
  float weight = 1.0;
  for (int i = 0; i < TAPS; i++) {
    float near = 2.0 * float(i) + 1.0;
    if (near > 3.0 * deviation) {
      break;
    }
    float far = near + 1.0;
    float near_weight = exp(falloff * near * near);
    float far_weight = exp(falloff * far * far);
    float both = near_weight + far_weight;
    vec2 offset = step_by * (near + far_weight / max(both, 0.000001));
    sum += both * (tap(at + offset) + tap(at - offset));
    weight += 2.0 * both;
  }
  return sum / weight;
}

void main() {
  vec2 at = isf_FragNormCoord;
  if (PASSINDEX == 0) {
    gl_FragColor = IMG_NORM_PIXEL(inputImage, at);
  } else if (PASSINDEX < 3) {
    gl_FragColor = blurred_along(at);
  } else {
    vec2 away = (at - focus) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
    float sharp = focused ? smoothstep(2.0 * reach + 0.001, reach, length(away)) : 0.0;
    sharp = max(sharp, 1.0 - clamp(radius, 0.0, 1.0));
    gl_FragColor = mix(IMG_NORM_PIXEL(blurred, at), IMG_NORM_PIXEL(inputImage, at), sharp);
  }
}
