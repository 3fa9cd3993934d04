/*{
  "DESCRIPTION": "Colour grading: exposure, warmth, contrast, saturation, split tones, vignette, grain.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Color"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    {
      "NAME": "exposure", "LABEL": "Exposure (stops)", "TYPE": "float",
      "DEFAULT": 0.35, "MIN": -4.0, "MAX": 4.0, "IDENTITY": 0.0
    },
    {
      "NAME": "warmth", "LABEL": "Warmth", "TYPE": "float",
      "DEFAULT": -0.15, "MIN": -1.0, "MAX": 1.0, "IDENTITY": 0.0
    },
    {
      "NAME": "contrast", "LABEL": "Contrast", "TYPE": "float",
      "DEFAULT": 1.15, "MIN": 0.0, "MAX": 2.0, "IDENTITY": 1.0
    },
    {
      "NAME": "saturation", "LABEL": "Saturation", "TYPE": "float",
      "DEFAULT": 0.95, "MIN": 0.0, "MAX": 2.0, "IDENTITY": 1.0
    },
    { "NAME": "shadows", "LABEL": "Shadow tone", "TYPE": "color", "DEFAULT": [0.0, 0.36, 0.42, 1.0] },
    { "NAME": "highlights", "LABEL": "Highlight tone", "TYPE": "color", "DEFAULT": [1.0, 0.66, 0.34, 1.0] },
    {
      "NAME": "split", "LABEL": "Split toning", "TYPE": "float",
      "DEFAULT": 0.65, "MIN": 0.0, "MAX": 1.0, "IDENTITY": 0.0
    },
    {
      "NAME": "vignette", "LABEL": "Vignette", "TYPE": "float",
      "DEFAULT": 0.45, "MIN": 0.0, "MAX": 1.0, "IDENTITY": 0.0
    },
    {
      "NAME": "grain", "LABEL": "Grain", "TYPE": "float",
      "DEFAULT": 0.25, "MIN": 0.0, "MAX": 1.0, "IDENTITY": 0.0
    }
  ]
}*/

const vec3 LUMA = vec3(0.2126, 0.7152, 0.0722);
const float MIDDLE_GREY = 0.18;

vec3 to_linear(vec3 color) {
  return mix(color / 12.92, pow((color + 0.055) / 1.055, vec3(2.4)), step(vec3(0.04045), color));
}

vec3 to_srgb(vec3 light) {
  return mix(light * 12.92, 1.055 * pow(light, vec3(1.0 / 2.4)) - 0.055, step(vec3(0.0031308), light));
}

// Bends what is brighter than 0.8 so that nothing passes 1 and nothing breaks off.
vec3 shoulder(vec3 light) {
  vec3 over = max(light - 0.8, vec3(0.0));
  return min(light, vec3(0.8)) + 0.2 * (over / (over + 0.2));
}

// Noise that differs from frame to frame and never repeats in rows.
float grain_at(vec2 pixel) {
  vec2 q = fract(pixel * vec2(0.6180340, 0.7548777) + fract(TIME * vec2(3.7, 5.3)));
  q += dot(q, q.yx + 24.7);
  return fract(q.x * q.y * 8.17);
}

void main() {
  vec4 here = IMG_THIS_PIXEL(inputImage);
  vec3 light = to_linear(clamp(here.rgb, 0.0, 1.0));

  vec3 balance = vec3(1.0 + 0.28 * warmth, 1.0, 1.0 - 0.28 * warmth);
  light *= exp2(exposure) * balance / dot(balance, LUMA);
  light = MIDDLE_GREY * pow(max(light, vec3(0.0)) / MIDDLE_GREY, vec3(contrast));
  light = shoulder(light);
  vec3 color = to_srgb(light);

  float grey = dot(color, LUMA);
  color = grey + (color - grey) * saturation;

  // Each tone is added as a colour of no brightness of its own, so that splitting changes hue alone.
  vec3 cool = shadows.rgb - dot(shadows.rgb, LUMA);
  vec3 hot = highlights.rgb - dot(highlights.rgb, LUMA);
  float dark = (1.0 - smoothstep(0.0, 0.6, grey)) * smoothstep(-0.1, 0.2, grey);
  color += split * 0.55 * (cool * dark + hot * smoothstep(0.35, 0.9, grey) * (1.2 - grey));

  vec2 away = (isf_FragNormCoord - 0.5) * vec2(1.15, 1.0);
  color *= 1.0 - vignette * smoothstep(0.12, 0.62, dot(away, away) * 1.6);
  color += grain * 0.16 * (grain_at(floor(isf_FragNormCoord * RENDERSIZE)) - 0.5) * (1.0 - 0.6 * grey);
  gl_FragColor = vec4(clamp(color, 0.0, 1.0), here.a);
}
