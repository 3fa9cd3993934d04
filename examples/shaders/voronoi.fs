/*{
  "DESCRIPTION": "Drifting cells of stained glass, with lead between them.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Geometry"],
  "INPUTS": [
    { "NAME": "cells", "LABEL": "Cells across", "TYPE": "float", "DEFAULT": 9.0, "MIN": 2.0, "MAX": 20.0 },
    { "NAME": "drift", "LABEL": "Drift", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 3.0 },
    { "NAME": "lead", "LABEL": "Lead width", "TYPE": "float", "DEFAULT": 0.04, "MIN": 0.0, "MAX": 0.2 },
    { "NAME": "hue", "LABEL": "Hue", "TYPE": "float", "DEFAULT": 0.0, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "sparkle", "LABEL": "Sparkle", "TYPE": "bool", "DEFAULT": true }
  ]
}*/

// Two numbers in 0..1 that look random, from the two whole numbers of a cell.
vec2 scatter(vec2 cell) {
  vec2 q = fract(cell * vec2(0.6180340, 0.7548777) + 0.137);
  q += dot(q, q.yx + 31.7);
  return fract(vec2(q.x * q.y * 9.31, (q.x + q.y) * 7.77));
}

vec2 seed(vec2 cell) {
  vec2 at = scatter(cell);
  return 0.5 + 0.38 * sin(TIME * drift * (0.6 + 0.8 * at.yx) + 6.2831853 * at);
}

// A colour from petrol through jade, cream and apricot to plum, by a number in 0..1.
vec3 palette(float tone) {
  vec3 color = mix(vec3(0.03, 0.22, 0.36), vec3(0.08, 0.55, 0.56), smoothstep(0.00, 0.25, tone));
  color = mix(color, vec3(0.95, 0.83, 0.56), smoothstep(0.30, 0.50, tone));
  color = mix(color, vec3(0.95, 0.42, 0.26), smoothstep(0.52, 0.75, tone));
  return mix(color, vec3(0.42, 0.10, 0.30), smoothstep(0.78, 1.00, tone));
}

vec3 glass(vec2 cell) {
  float tone = scatter(cell * vec2(1.73, -2.19) + 3.7).x;
  float shade = scatter(cell * vec2(-1.37, 1.91) + 11.3).y;
  return palette(fract(hue + tone)) * (0.70 + 0.45 * shade);
}

void main() {
  vec2 aspect = vec2(1.0, RENDERSIZE.y / RENDERSIZE.x);
  vec2 p = isf_FragNormCoord * aspect * cells;
  float pixel = cells / RENDERSIZE.x;
  vec2 home = floor(p);
  vec2 inside = p - home;

  float nearest = 64.0;
  vec2 centre = vec2(0.0);
  vec2 own = home;
  for (int j = -1; j <= 1; j++) {
    for (int i = -1; i <= 1; i++) {
      vec2 offset = vec2(float(i), float(j));
      vec2 way = offset + seed(home + offset) - inside;
      float far = dot(way, way);
      if (far < nearest) {
        nearest = far;
        centre = way;
        own = home + offset;
      }
    }
  }

  // The edge is the nearest of the lines that lie halfway between the nearest seed and another.
  float edge = 8.0;
  vec2 start = own - home;
  for (int j = -2; j <= 2; j++) {
    for (int i = -2; i <= 2; i++) {
      vec2 offset = start + vec2(float(i), float(j));
      vec2 apart = offset + seed(home + offset) - inside - centre;
      float gap = dot(apart, apart);
      if (gap > 0.0001) {
        edge = min(edge, dot(centre + 0.5 * apart, apart * inversesqrt(gap)));
      }
    }
  }

  vec3 color = glass(own);
  vec2 from_seed = -centre;
  float light = 0.86 + 0.55 * dot(from_seed, vec2(-0.45, 0.75));
  color *= light * (1.0 - 0.5 * exp(-edge * 9.0));
  if (sparkle) {
    vec2 spin = scatter(own - 7.1) * 6.2831853;
    vec2 grain = mat2(cos(spin.x), sin(spin.x), -sin(spin.x), cos(spin.x)) * from_seed;
    float ripple = sin(7.0 * grain.x + 2.2 * sin(4.0 * grain.y + spin.y + TIME * drift) + spin.y);
    color += color * 0.22 * smoothstep(0.0, 1.0, ripple) * smoothstep(lead, lead + 0.2, edge);
  }
  vec2 outward = from_seed * inversesqrt(dot(from_seed, from_seed) + 0.0001);
  color += 0.30 * smoothstep(lead + 0.08, lead, edge) * max(0.0, dot(outward, vec2(-0.5, 0.86)));
  color = mix(vec3(0.035, 0.03, 0.05), color, smoothstep(lead * 0.5 - pixel, lead * 0.5 + pixel, edge));

  vec2 away = isf_FragNormCoord - 0.5;
  gl_FragColor = vec4(color * (1.12 - 0.9 * dot(away, away)), 1.0);
}
