/*{
  "DESCRIPTION": "Coloured smoke from three vents, carried by a swirling flow in a persistent float buffer.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Feedback", "Simulation"],
  "INPUTS": [
    { "NAME": "draught", "LABEL": "Draught", "TYPE": "float", "DEFAULT": 1.2, "MIN": 0.0, "MAX": 3.0 },
    { "NAME": "swirl", "LABEL": "Swirl", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 3.0 },
    { "NAME": "memory", "LABEL": "Memory", "TYPE": "float", "DEFAULT": 0.998, "MIN": 0.90, "MAX": 1.0 },
    { "NAME": "left_tint", "LABEL": "Left smoke", "TYPE": "color", "DEFAULT": [0.98, 0.30, 0.36, 1.0] },
    { "NAME": "middle_tint", "LABEL": "Middle smoke", "TYPE": "color", "DEFAULT": [1.0, 0.78, 0.38, 1.0] },
    { "NAME": "right_tint", "LABEL": "Right smoke", "TYPE": "color", "DEFAULT": [0.16, 0.55, 0.90, 1.0] }
  ],
  "PASSES": [
    { "TARGET": "air", "PERSISTENT": true, "FLOAT": true },
    {}
  ]
}*/

// A stream function: the flow runs along its level lines, so it never gathers or thins out.
float stream(vec2 p, float t) {
  float s = 0.55 * sin(2.1 * p.x + 0.5 * t) * cos(2.3 * p.y - 0.9 * t);
  s += 0.30 * sin(4.3 * p.x - 0.7 * t + 2.0 * sin(1.3 * p.y)) * cos(3.9 * p.y - 1.5 * t);
  s += 0.11 * sin(9.1 * p.x + 1.1 * t + 1.7 * p.y) * sin(8.3 * p.y - 2.6 * t);
  return s + 0.045 * sin(17.0 * p.x - 2.0 * t) * cos(19.0 * p.y - 4.0 * t + 3.0 * p.x);
}

vec2 flow(vec2 p, float t) {
  float e = 0.01;
  float across = stream(p + vec2(e, 0.0), t) - stream(p - vec2(e, 0.0), t);
  float up = stream(p + vec2(0.0, e), t) - stream(p - vec2(0.0, e), t);
  return swirl * 0.33 * vec2(up, -across) / (2.0 * e) + vec2(0.0, 0.55 * draught);
}

vec3 vent(vec2 p, float x, vec3 tint, float phase) {
  float puff = 0.7 + 0.3 * sin(3.0 * TIME + phase);
  float sway = 0.10 * sin(1.1 * TIME + phase);
  return tint * tint * puff * smoothstep(0.24, 0.02, length((p - vec2(x + sway, -0.96)) * vec2(1.0, 0.7)));
}

void main() {
  float aspect = RENDERSIZE.x / RENDERSIZE.y;
  vec2 p = (2.0 * isf_FragNormCoord - 1.0) * vec2(aspect, 1.0);
  if (PASSINDEX == 0) {
    float dt = clamp(TIMEDELTA, 0.0, 0.05);
    vec2 halfway = p - 0.5 * dt * flow(p, TIME);
    vec2 from = p - dt * flow(halfway, TIME);
    vec2 at = from / vec2(aspect, 1.0) * 0.5 + 0.5;
    vec3 air_here = IMG_NORM_PIXEL(air, at).rgb * memory * smoothstep(-0.02, 0.03, at.y);
    air_here += 0.09 * vent(p, -0.75, left_tint.rgb, 0.0);
    air_here += 0.09 * vent(p, 0.0, middle_tint.rgb, 2.1);
    air_here += 0.09 * vent(p, 0.75, right_tint.rgb, 4.2);
    gl_FragColor = vec4(min(air_here, 1.4), 1.0);
    return;
  }

  vec2 e = 2.0 / RENDERSIZE;
  vec3 here = IMG_THIS_PIXEL(air).rgb;
  float east = dot(IMG_NORM_PIXEL(air, isf_FragNormCoord + vec2(e.x, 0.0)).rgb, vec3(0.333));
  float north = dot(IMG_NORM_PIXEL(air, isf_FragNormCoord + vec2(0.0, e.y)).rgb, vec3(0.333));
  float middle = dot(here, vec3(0.333));
  float relief = clamp(1.3 * (middle - north) + 1.0 * (middle - east), -0.35, 0.35);
  vec3 ground = mix(vec3(0.015, 0.02, 0.05), vec3(0.07, 0.06, 0.13), isf_FragNormCoord.y);
  vec3 color = ground + (1.0 - exp(-1.7 * here)) * (1.05 + relief);
  gl_FragColor = vec4(color, 1.0);
}
