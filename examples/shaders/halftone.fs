/*{
  "DESCRIPTION": "Printed dots: four inks at their own angles, one ink, or two.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Stylize"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    {
      "NAME": "process", "LABEL": "Process", "TYPE": "long", "DEFAULT": 0,
      "VALUES": [0, 1, 2], "LABELS": ["Four inks", "One ink", "Two inks"]
    },
    { "NAME": "rows", "LABEL": "Dot rows", "TYPE": "float", "DEFAULT": 80.0, "MIN": 10.0, "MAX": 200.0 },
    { "NAME": "gain", "LABEL": "Dot gain", "TYPE": "float", "DEFAULT": 0.62, "MIN": 0.3, "MAX": 2.0 },
    { "NAME": "angle", "LABEL": "Angle", "TYPE": "float", "DEFAULT": 0.26, "MIN": 0.0, "MAX": 1.5708 },
    { "NAME": "first_ink", "LABEL": "First ink", "TYPE": "color", "DEFAULT": [0.12, 0.16, 0.42, 1.0] },
    { "NAME": "second_ink", "LABEL": "Second ink", "TYPE": "color", "DEFAULT": [1.0, 0.37, 0.33, 1.0] },
    { "NAME": "paper", "LABEL": "Paper", "TYPE": "color", "DEFAULT": [0.98, 0.95, 0.89, 1.0] }
  ]
}*/

float luma(vec3 color) {
  return dot(color, vec3(0.299, 0.587, 0.114));
}

// Cyan, magenta, yellow and black, with the black that the three share taken out of them.
vec4 inks(vec3 color) {
  vec3 missing = 1.0 - color;
  float black = min(missing.r, min(missing.g, missing.b));
  float taken = 0.8 * black * black;
  return vec4((missing - taken) / max(1.0 - taken, 0.001), taken * 1.2);
}

// Where the dot around this fragment has its middle, as a place in the picture, and how far it is, in cells.
vec3 dot_at(float turned) {
  vec2 size = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  mat2 turn = mat2(cos(turned), sin(turned), -sin(turned), cos(turned));
  vec2 p = turn * ((isf_FragNormCoord - 0.5) * size) * rows;
  vec2 middle = floor(p) + 0.5;
  vec2 back = (middle / rows) * turn;
  return vec3(back / size + 0.5, length(p - middle));
}

// How much of the fragment a dot covers that should print `amount` of its cell.
float printed(float amount, float far) {
  float pixel = 0.75 * rows / RENDERSIZE.y;
  float radius = sqrt(clamp(amount, 0.0, 1.0)) * mix(0.56, 0.72, smoothstep(0.75, 0.95, amount));
  return smoothstep(radius + pixel, radius - pixel, far) * smoothstep(0.0, 0.04, amount);
}

vec3 picture(vec2 at) {
  vec3 color = IMG_NORM_PIXEL(inputImage, clamp(at, 0.0, 1.0)).rgb;
  return pow(color, vec3(gain));
}

void main() {
  vec3 color = paper.rgb;
  vec3 steep = dot_at(angle + 0.5236);
  vec3 flat_one = dot_at(angle);
  if (process == 1) {
    color = mix(color, first_ink.rgb, printed(1.0 - luma(picture(steep.xy)), steep.z));
  } else if (process == 2) {
    vec3 warm = picture(flat_one.xy);
    float red = clamp(warm.r - 0.35 * warm.b, 0.0, 1.0);
    color *= mix(vec3(1.0), second_ink.rgb, printed(red * (1.25 - 0.7 * luma(warm)), flat_one.z));
    color *= mix(vec3(1.0), first_ink.rgb, printed(1.05 - 1.35 * luma(picture(steep.xy)), steep.z));
  } else {
    vec3 level = dot_at(angle - 0.26);
    vec3 black = dot_at(angle + 0.7854);
    float cyan = printed(inks(picture(flat_one.xy)).x, flat_one.z);
    float magenta = printed(inks(picture(steep.xy)).y, steep.z);
    float yellow = printed(inks(picture(level.xy)).z, level.z);
    color *= mix(vec3(1.0), vec3(0.05, 0.66, 0.90), cyan);
    color *= mix(vec3(1.0), vec3(0.92, 0.12, 0.52), magenta);
    color *= mix(vec3(1.0), vec3(1.0, 0.90, 0.15), yellow);
    color = mix(color, vec3(0.10, 0.09, 0.12), printed(inks(picture(black.xy)).w, black.z));
  }
  gl_FragColor = vec4(color, 1.0);
}
