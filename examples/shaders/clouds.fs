/*{
  "DESCRIPTION": "Noise that warps noise that warps noise: ink and gold leaf drifting in water.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Noise"],
  "INPUTS": [
    { "NAME": "zoom", "LABEL": "Zoom", "TYPE": "float", "DEFAULT": 2.4, "MIN": 0.5, "MAX": 8.0 },
    { "NAME": "warp", "LABEL": "Warp", "TYPE": "float", "DEFAULT": 2.6, "MIN": 0.0, "MAX": 6.0 },
    { "NAME": "flow", "LABEL": "Flow", "TYPE": "float", "DEFAULT": 0.15, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "ink", "LABEL": "Ink", "TYPE": "color", "DEFAULT": [0.02, 0.07, 0.15, 1.0] },
    { "NAME": "water", "LABEL": "Water", "TYPE": "color", "DEFAULT": [0.10, 0.50, 0.58, 1.0] },
    { "NAME": "gold", "LABEL": "Gold", "TYPE": "color", "DEFAULT": [0.98, 0.74, 0.36, 1.0] }
  ]
}*/

float scatter(vec2 cell) {
  vec2 q = fract(cell * vec2(0.3183099, 0.3678794) + 0.271);
  q += dot(q, q.yx + 23.9);
  return fract(q.x * q.y * 5.17);
}

float noise_at(vec2 p) {
  vec2 cell = floor(p);
  vec2 t = p - cell;
  t = t * t * t * (t * (6.0 * t - 15.0) + 10.0);
  float bottom = mix(scatter(cell), scatter(cell + vec2(1.0, 0.0)), t.x);
  float top = mix(scatter(cell + vec2(0.0, 1.0)), scatter(cell + vec2(1.0, 1.0)), t.x);
  return mix(bottom, top, t.y);
}

// Octaves of noise, each turned so that their grids never line up.
float layers(vec2 p) {
  mat2 turn = mat2(1.62, 1.18, -1.18, 1.62);
  float sum = 0.0;
  float amplitude = 0.5;
  for (int i = 0; i < 5; i++) {
    sum += amplitude * noise_at(p);
    p = turn * p + 7.3;
    amplitude *= 0.5;
  }
  return sum;
}

void main() {
  float t = TIME * flow;
  vec2 p = isf_FragNormCoord * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0) * zoom;

  vec2 first = vec2(layers(p + vec2(0.0, t)), layers(p + vec2(5.2, 1.3 - t)));
  vec2 moved = p + warp * first;
  vec2 second = vec2(layers(moved + vec2(1.7 + t, 9.2)), layers(moved + vec2(8.3, 2.8 + t)));
  float shade = layers(p + warp * second);

  vec3 color = mix(ink.rgb, water.rgb, smoothstep(0.22, 0.72, shade));
  color = mix(color, ink.rgb * 0.5 + vec3(0.20, 0.02, 0.16), smoothstep(0.40, 0.70, second.x) * 0.75);
  color = mix(color, vec3(0.93, 0.96, 0.92), smoothstep(0.52, 0.85, shade) * 0.85);
  float vein = smoothstep(0.10, 0.0, abs(second.y - first.x - 0.02));
  color = mix(color, gold.rgb, vein * smoothstep(0.34, 0.62, shade));
  color *= 0.75 + 0.75 * shade;
  gl_FragColor = vec4(color, 1.0);
}
