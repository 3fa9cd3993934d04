/*{
  "DESCRIPTION": "Ribbons woven from quarter circles and crossings, with light running along them.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Geometry", "Pattern"],
  "INPUTS": [
    { "NAME": "tiles", "LABEL": "Tiles across", "TYPE": "float", "DEFAULT": 11.0, "MIN": 3.0, "MAX": 40.0 },
    { "NAME": "width", "LABEL": "Ribbon width", "TYPE": "float", "DEFAULT": 0.30, "MIN": 0.05, "MAX": 0.45 },
    { "NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 0.35, "MIN": -2.0, "MAX": 2.0 },
    { "NAME": "tilt", "LABEL": "Tilt", "TYPE": "float", "DEFAULT": 0.35, "MIN": -3.14159, "MAX": 3.14159 },
    { "NAME": "ground", "LABEL": "Ground", "TYPE": "color", "DEFAULT": [0.06, 0.07, 0.14, 1.0] },
    { "NAME": "ribbon", "LABEL": "Ribbon", "TYPE": "color", "DEFAULT": [0.96, 0.88, 0.76, 1.0] },
    { "NAME": "glow", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.36, 0.27, 1.0] }
  ]
}*/

float scatter(vec2 cell) {
  vec2 q = fract(cell * vec2(0.6180340, 0.7548777) + 0.43);
  q += dot(q, q.yx + 27.1);
  return fract(q.x * q.y * 6.61);
}

// One ribbon over `under`: `off` is the distance from its middle line, `along` where on it we are, in tiles.
vec3 lay(vec3 under, float off, float along, float pixel) {
  float half_width = 0.5 * width;
  float across = off / half_width;
  vec3 color = under * mix(0.35, 1.0, smoothstep(half_width, half_width + 0.12, abs(off)));
  float beat = fract(along - TIME * speed);
  float pulse = smoothstep(0.15, 0.85, 0.5 - 0.5 * cos(6.2831853 * beat));
  vec3 cloth = mix(ribbon.rgb, glow.rgb, pulse * smoothstep(0.85, 0.35, abs(across)));
  cloth *= 0.62 + 0.38 * sqrt(max(0.0, 1.0 - across * across));
  return mix(color, cloth, smoothstep(half_width + pixel, half_width - pixel, abs(off)));
}

void main() {
  float pixel = tiles / RENDERSIZE.x;
  vec2 p = (isf_FragNormCoord - 0.5) * vec2(1.0, RENDERSIZE.y / RENDERSIZE.x) * tiles;
  p = mat2(cos(tilt), sin(tilt), -sin(tilt), cos(tilt)) * p + 0.06 * TIME;

  vec2 cell = floor(p);
  vec2 q = p - cell - 0.5;
  float dice = scatter(cell);
  float parity = mod(cell.x + cell.y, 2.0);
  vec3 color = ground.rgb * (0.8 + 0.5 * scatter(cell + 5.3) * step(0.5, parity));

  if (dice < 0.28) {
    // Two straight ribbons that cross; the parity says which lies on top: over and under in turn.
    vec2 s = parity < 0.5 ? q : q.yx;
    float side = parity < 0.5 ? 1.0 : -1.0;
    color = lay(color, s.x, side * (s.y + 0.5) * 2.0, pixel);
    color = lay(color, s.y, -side * (s.x + 0.5) * 2.0, pixel);
  } else {
    // Two quarter circles around opposite corners.
    if (dice > 0.64) {
      q.x = -q.x;
    }
    float side = (dice > 0.64 ? -1.0 : 1.0) * (parity < 0.5 ? 1.0 : -1.0);
    vec2 low = q + 0.5;
    vec2 high = 0.5 - q;
    float turn = 2.0 / 1.5707963;
    color = lay(color, length(low) - 0.5, side * atan(low.y, low.x) * turn, pixel);
    color = lay(color, length(high) - 0.5, side * atan(high.y, high.x) * turn, pixel);
  }

  vec2 away = isf_FragNormCoord - 0.5;
  gl_FragColor = vec4(color * (1.1 - 0.9 * dot(away, away)), 1.0);
}
