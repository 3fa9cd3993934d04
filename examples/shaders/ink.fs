/*{
  "DESCRIPTION": "Ink and wash: outlines, hatching in the shadows, thinned colour on paper.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Stylize"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    { "NAME": "line", "LABEL": "Line", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 3.0 },
    { "NAME": "hatching", "LABEL": "Hatching", "TYPE": "float", "DEFAULT": 0.8, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "wash", "LABEL": "Wash", "TYPE": "float", "DEFAULT": 0.75, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "pitch", "LABEL": "Hatch pitch", "TYPE": "float", "DEFAULT": 6.0, "MIN": 3.0, "MAX": 20.0 },
    { "NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.10, 0.09, 0.18, 1.0] },
    { "NAME": "paper", "LABEL": "Paper", "TYPE": "color", "DEFAULT": [0.97, 0.94, 0.87, 1.0] }
  ]
}*/

float scatter(vec2 cell) {
  vec2 q = fract(cell * vec2(0.6180340, 0.7548777) + 0.61);
  q += dot(q, q.yx + 33.3);
  return fract(q.x * q.y * 7.31);
}

float noise_at(vec2 p) {
  vec2 cell = floor(p);
  vec2 t = p - cell;
  t = t * t * (3.0 - 2.0 * t);
  float bottom = mix(scatter(cell), scatter(cell + vec2(1.0, 0.0)), t.x);
  float top = mix(scatter(cell + vec2(0.0, 1.0)), scatter(cell + vec2(1.0, 1.0)), t.x);
  return mix(bottom, top, t.y);
}

float luma(vec3 color) {
  return dot(color, vec3(0.299, 0.587, 0.114));
}

vec3 picture(vec2 at) {
  return IMG_NORM_PIXEL(inputImage, at).rgb;
}

// How steeply the picture changes at `at`, over `e`, the steeper of brightness and colour.
float steepness(vec2 at, vec2 e) {
  vec3 north_east = picture(at + e);
  vec3 south_west = picture(at - e);
  vec3 north_west = picture(at + vec2(-e.x, e.y));
  vec3 south_east = picture(at + vec2(e.x, -e.y));
  vec3 across = picture(at + vec2(e.x, 0.0)) - picture(at - vec2(e.x, 0.0))
    + 0.5 * (north_east - north_west + south_east - south_west);
  vec3 up = picture(at + vec2(0.0, e.y)) - picture(at - vec2(0.0, e.y))
    + 0.5 * (north_east - south_east + north_west - south_west);
  return sqrt(dot(across, across) + dot(up, up));
}

// One set of pen strokes at an angle, drawn where the picture is darker than `below`.
float strokes(vec2 p, float angle, float shade, float below) {
  vec2 along = vec2(cos(angle), sin(angle));
  float wobble = noise_at(p * 0.02 + 9.0 * angle) * 5.0;
  float across = dot(p, along) + wobble;
  float stroke = abs(fract(across / pitch) - 0.5) * pitch;
  float lengthwise = dot(p, vec2(-along.y, along.x));
  float wet = 0.55 + 0.45 * noise_at(vec2(floor(across / pitch) * 7.1, lengthwise * 0.05));
  float thick = clamp((below - shade) * 5.0, 0.0, 1.0) * 0.20 * pitch * wet;
  return smoothstep(thick + 0.7, max(thick - 0.7, 0.0), stroke) * step(0.05, thick);
}

void main() {
  vec2 p = isf_FragNormCoord * RENDERSIZE;
  float unit = RENDERSIZE.y / 360.0;
  vec2 q = p / unit;
  vec2 tremor = vec2(noise_at(q * 0.08), noise_at(q * 0.08 + 40.0)) - 0.5;
  vec2 shaky = isf_FragNormCoord + tremor * 2.2 * unit / RENDERSIZE;

  float edge = steepness(shaky, unit * 0.9 / RENDERSIZE);
  float drawn = smoothstep(0.16, 0.55, edge * line) * (0.75 + 0.25 * noise_at(q * 0.3));

  vec3 here = picture(shaky);
  float shade = luma(here);
  float hatch = max(strokes(q, 0.9, shade, 0.42), strokes(q, -0.6, shade, 0.22));
  hatch = max(hatch, strokes(q, 0.15, shade, 0.09));

  float grain = 0.94 + 0.10 * noise_at(q * 0.9) * noise_at(q * 0.21);
  vec3 color = paper.rgb * grain;
  vec3 thin = mix(vec3(1.0), here / max(0.35, max(here.r, max(here.g, here.b))), 0.85);
  float pooled = 0.55 + 0.45 * smoothstep(0.2, 0.8, noise_at(q * 0.013) * 0.7 + 0.3 * noise_at(q * 0.06));
  color *= mix(vec3(1.0), thin * mix(0.65, 1.05, sqrt(shade)), wash * pooled);
  color = mix(color, ink.rgb, hatching * hatch * 0.85);
  color = mix(color, ink.rgb, smoothstep(0.13, 0.05, shade) * (0.80 + 0.15 * noise_at(q * vec2(0.05, 0.3))));
  color = mix(color, ink.rgb, clamp(drawn, 0.0, 1.0));
  gl_FragColor = vec4(color, 1.0);
}
