/*{
  "DESCRIPTION": "A Julia set, with a palette from a menu and its seed on a slow orbit around a point.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Fractal"],
  "INPUTS": [
    {
      "NAME": "seed", "LABEL": "Seed", "TYPE": "point2D",
      "DEFAULT": [-0.765, 0.110], "MIN": [-1.5, -1.5], "MAX": [1.5, 1.5]
    },
    { "NAME": "orbit", "LABEL": "Orbit radius", "TYPE": "float", "DEFAULT": 0.02, "MIN": 0.0, "MAX": 0.3 },
    { "NAME": "zoom", "LABEL": "Zoom", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.25, "MAX": 20.0 },
    {
      "NAME": "palette", "LABEL": "Palette", "TYPE": "long", "DEFAULT": 0,
      "VALUES": [0, 1, 2], "LABELS": ["Ember", "Lagoon", "Paper"]
    }
  ]
}*/

const int ITERATIONS = 110;

// The palette at `t`, which runs there and back over 1; at `strength` 0 it stays at the colour of the ground.
vec3 tone(float t, float strength) {
  float heat = strength * (0.5 - 0.5 * cos(6.2831853 * t));
  if (palette == 1) {
    vec3 lagoon = smoothstep(vec3(0.55, 0.05, 0.0), vec3(1.0, 0.85, 0.55), vec3(heat));
    return lagoon * vec3(0.95, 1.0, 0.92) + vec3(0.01, 0.03, 0.09);
  }
  if (palette == 2) {
    vec3 pencil = mix(vec3(0.96, 0.93, 0.86), vec3(0.85, 0.30, 0.22), smoothstep(0.0, 0.6, heat));
    return mix(pencil, vec3(0.10, 0.14, 0.28), smoothstep(0.5, 1.0, heat));
  }
  vec3 ember = smoothstep(vec3(0.0, 0.2, 0.65), vec3(0.6, 0.95, 1.0), vec3(heat)) * vec3(1.0, 0.9, 0.75);
  return ember + vec3(0.04, 0.02, 0.09);
}

// The colour at `p` of the plane: smooth escape time, shaded by how near the orbit came to the axes.
vec3 set_at(vec2 p, vec2 c) {
  vec2 z = p;
  float trap = 4.0;
  float count = 0.0;
  float size = dot(z, z);
  for (int i = 0; i < ITERATIONS; i++) {
    z = vec2(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y) + c;
    size = dot(z, z);
    if (size > 400.0) {
      break;
    }
    trap = min(trap, abs(z.x * z.y) + 0.15 * size);
    count += 1.0;
  }
  if (size <= 400.0) {
    return tone(0.12 + 0.5 * sqrt(trap), 0.9);
  }
  float smooth_count = count + 1.0 - log2(0.5 * log2(size));
  float strength = 0.45 + 0.55 * smoothstep(-2.0, 14.0, smooth_count);
  vec3 color = tone(0.16 * sqrt(max(smooth_count + 3.0, 0.0)) - 0.22, strength);
  return color + 0.22 * exp(-18.0 * trap);
}

void main() {
  vec2 c = seed + orbit * vec2(cos(0.4 * TIME), sin(0.31 * TIME));
  vec2 pixel = vec2(2.1 / (RENDERSIZE.y * zoom));
  vec2 p = (isf_FragNormCoord - 0.5) * RENDERSIZE * pixel;
  p = mat2(0.951, 0.309, -0.309, 0.951) * p;
  vec3 color = vec3(0.0);
  for (int i = 0; i < 4; i++) {
    float k = float(i);
    vec2 nudge = vec2(mod(k, 2.0) - 0.5, floor(0.5 * k) - 0.5) * 0.5;
    color += clamp(set_at(p + nudge * pixel, c), 0.0, 1.2);
  }
  gl_FragColor = vec4(0.25 * color, 1.0);
}
