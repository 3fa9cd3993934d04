/*{
  "DESCRIPTION": "Slow interfering waves, coloured from three inputs.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator"],
  "INPUTS": [
    { "NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.6, "MIN": 0.0, "MAX": 4.0 },
    { "NAME": "scale", "LABEL": "Scale", "TYPE": "float", "DEFAULT": 2.2, "MIN": 0.5, "MAX": 8.0 },
    { "NAME": "folds", "LABEL": "Folds", "TYPE": "float", "DEFAULT": 1.1, "MIN": 0.0, "MAX": 3.0 },
    { "NAME": "deep", "LABEL": "Deep colour", "TYPE": "color", "DEFAULT": [0.05, 0.03, 0.26, 1.0] },
    { "NAME": "warm", "LABEL": "Warm colour", "TYPE": "color", "DEFAULT": [0.97, 0.25, 0.38, 1.0] },
    { "NAME": "bright", "LABEL": "Bright colour", "TYPE": "color", "DEFAULT": [1.0, 0.82, 0.42, 1.0] }
  ]
}*/

// Each step bends the plane along a sine of the other axis; the bends feed each other.
vec2 bend(vec2 p, float t) {
  for (int i = 1; i <= 5; i++) {
    float k = float(i);
    p += folds / k * vec2(sin(k * p.y + t + 0.7 * k), cos(k * p.x - 0.8 * t + 1.9 * k));
  }
  return p;
}

void main() {
  float t = TIME * speed;
  vec2 p = (2.0 * isf_FragNormCoord - 1.0) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  vec2 q = bend(p * scale, t);

  float wave = 0.5 + 0.5 * sin(q.x + q.y);
  float cross_wave = 0.5 + 0.5 * sin(q.x - 0.8 * q.y + 0.6 * t);
  float crest = pow(wave, 3.0);

  vec3 color = mix(deep.rgb, warm.rgb, smoothstep(0.05, 0.85, wave));
  color = mix(color, bright.rgb, crest * cross_wave);
  color = mix(color, deep.rgb * 0.6 + vec3(0.0, 0.16, 0.22), 0.55 * (1.0 - wave) * cross_wave);
  color *= 1.0 - 0.22 * dot(p, p) / (1.0 + dot(p, p));
  gl_FragColor = vec4(color, 1.0);
}
