/*{
  "DESCRIPTION": "Flying through layers of stars, past a nebula.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Space"],
  "INPUTS": [
    { "NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.25, "MIN": 0.0, "MAX": 2.0 },
    { "NAME": "density", "LABEL": "Density", "TYPE": "float", "DEFAULT": 0.7, "MIN": 0.0, "MAX": 1.0 },
    {
      "NAME": "heading", "LABEL": "Heading", "TYPE": "point2D",
      "DEFAULT": [0.56, 0.46], "MIN": [0.0, 0.0], "MAX": [1.0, 1.0]
    },
    { "NAME": "near_gas", "LABEL": "Near gas", "TYPE": "color", "DEFAULT": [0.95, 0.30, 0.50, 1.0] },
    { "NAME": "far_gas", "LABEL": "Far gas", "TYPE": "color", "DEFAULT": [0.12, 0.30, 0.85, 1.0] }
  ]
}*/

const int LAYERS = 9;

vec3 scatter(vec2 cell) {
  vec3 q = fract(vec3(cell.xy, cell.x + cell.y) * vec3(0.6180340, 0.7548777, 0.5698403) + 0.31);
  q += dot(q, q.yzx + 21.3);
  return fract(q.xyz * q.yzx * vec3(5.31, 7.13, 3.97));
}

float noise_at(vec2 p) {
  vec2 cell = floor(p);
  vec2 t = p - cell;
  t = t * t * (3.0 - 2.0 * t);
  float bottom = mix(scatter(cell).x, scatter(cell + vec2(1.0, 0.0)).x, t.x);
  float top = mix(scatter(cell + vec2(0.0, 1.0)).x, scatter(cell + vec2(1.0, 1.0)).x, t.x);
  return mix(bottom, top, t.y);
}

float gas(vec2 p) {
  float sum = 0.0;
  float amplitude = 0.5;
  for (int i = 0; i < 5; i++) {
    sum += amplitude * noise_at(p);
    p = mat2(1.6, 1.2, -1.2, 1.6) * p + 3.1;
    amplitude *= 0.5;
  }
  return sum;
}

// One star at most in each cell of the plane; `size` is its radius and `pixel` the picture's, in cells.
vec3 stars(vec2 p, float size, float pixel) {
  vec2 cell = floor(p);
  vec3 dice = scatter(cell);
  if (dice.z > density) {
    return vec3(0.0);
  }
  vec2 way = p - cell - 0.5 - 0.66 * (dice.xy - 0.5);
  float far = length(way);
  float radius = max(size * (0.35 + 2.2 * pow(dice.x, 6.0)), pixel);
  float core = smoothstep(radius + pixel, max(radius - pixel, 0.0), far);
  float halo = 0.16 * exp(-far / (radius * 2.6)) * smoothstep(0.17, 0.05, far);
  float rays = 0.10 * exp(-far * 26.0) * (exp(-abs(way.x) / radius * 3.0) + exp(-abs(way.y) / radius * 3.0));
  vec3 tint = mix(vec3(1.0, 0.72, 0.48), vec3(0.60, 0.78, 1.0), smoothstep(0.2, 0.8, dice.y));
  float twinkle = 0.8 + 0.2 * sin(5.0 * TIME + 40.0 * dice.x);
  return (mix(tint, vec3(1.0), 0.55) * core + tint * (halo + rays)) * twinkle;
}

void main() {
  vec2 aspect = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  vec2 p = (isf_FragNormCoord - heading) * aspect;

  float drift = 0.04 * TIME * speed;
  vec2 q = p * 1.7 + vec2(drift, 3.0 - drift);
  vec2 pull = vec2(gas(q + 4.0), gas(q + 9.0));
  float near = gas(q + 1.6 * pull);
  float far = gas(0.6 * q - 1.1 * pull + 5.0);
  vec3 color = vec3(0.008, 0.01, 0.03) + far_gas.rgb * 0.75 * smoothstep(0.30, 0.85, far);
  color += near_gas.rgb * pow(smoothstep(0.34, 0.80, near), 1.6);
  color += vec3(1.0, 0.80, 0.55) * 0.6 * pow(smoothstep(0.46, 0.85, near * (0.6 + far)), 2.0);
  color *= 0.35 + 0.9 * smoothstep(0.30, 0.62, pull.y);

  for (int i = 0; i < LAYERS; i++) {
    float k = float(i);
    float depth = fract(k / float(LAYERS) + TIME * speed * 0.25);
    float spread = mix(14.0, 1.2, depth);
    float shown = smoothstep(0.0, 0.25, depth) * smoothstep(1.0, 0.8, depth);
    float angle = 1.7 * k;
    mat2 turn = mat2(cos(angle), sin(angle), -sin(angle), cos(angle));
    color += shown * stars(turn * p * spread + 17.0 * k, 0.017, 0.7 * spread / RENDERSIZE.y);
  }
  gl_FragColor = vec4(1.0 - exp(-1.8 * color), 1.0);
}
