/*{
  "DESCRIPTION": "Comets drawing loops; what they drew turns, grows and fades in a persistent float buffer.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Feedback"],
  "INPUTS": [
    { "NAME": "comets", "LABEL": "Comets", "TYPE": "float", "DEFAULT": 7.0, "MIN": 1.0, "MAX": 12.0 },
    { "NAME": "speed", "LABEL": "Speed", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.1, "MAX": 4.0 },
    { "NAME": "memory", "LABEL": "Memory", "TYPE": "float", "DEFAULT": 0.990, "MIN": 0.80, "MAX": 0.999 },
    { "NAME": "growth", "LABEL": "Growth", "TYPE": "float", "DEFAULT": 0.006, "MIN": -0.03, "MAX": 0.03 },
    { "NAME": "twist", "LABEL": "Twist", "TYPE": "float", "DEFAULT": 0.006, "MIN": -0.05, "MAX": 0.05 },
    { "NAME": "wipe", "LABEL": "Wipe", "TYPE": "event" }
  ],
  "PASSES": [
    { "TARGET": "canvas", "PERSISTENT": true, "FLOAT": true },
    {}
  ]
}*/

const int MOST_COMETS = 12;

// Where comet k is at time t; x runs over the aspect, y over -1..1.
vec2 comet(float k, float t) {
  float turn = t * (0.9 + 0.07 * k) + 2.4 * k;
  return vec2(1.15 * sin(turn) * cos(0.31 * turn + k), 0.74 * sin(1.37 * turn + 0.8 * k));
}

float to_segment(vec2 p, vec2 a, vec2 b) {
  vec2 along = b - a;
  float share = clamp(dot(p - a, along) / max(dot(along, along), 0.000001), 0.0, 1.0);
  return length(p - a - along * share);
}

vec4 drawn() {
  float aspect = RENDERSIZE.x / RENDERSIZE.y;
  vec2 p = (2.0 * isf_FragNormCoord - 1.0) * vec2(aspect, 1.0);

  mat2 turn = mat2(cos(twist), sin(twist), -sin(twist), cos(twist));
  vec2 from = (turn * p) * (1.0 - growth);
  vec2 at = from / vec2(aspect, 1.0) * 0.5 + 0.5;
  vec3 color = IMG_NORM_PIXEL(canvas, at).rgb * memory;
  // Blue outlives red, so that trails cool as they age.
  color *= vec3(0.992, 0.995, 1.0);
  if (wipe || FRAMEINDEX == 0) {
    color = vec3(0.0);
  }

  float t = TIME * speed;
  float before = t - max(TIMEDELTA, 0.001) * speed;
  for (int i = 0; i < MOST_COMETS; i++) {
    float k = float(i);
    float shown = clamp(comets - k, 0.0, 1.0);
    float far = to_segment(p, comet(k, before), comet(k, t));
    vec3 tint = 0.55 + 0.45 * cos(6.2831853 * (0.09 * k + 0.05 * t + vec3(0.0, 0.32, 0.62)));
    color = max(color, shown * 1.9 * tint * smoothstep(0.022, 0.003, far));
    color += shown * 0.035 * tint * exp(-far * 22.0);
  }
  return vec4(color, 1.0);
}

void main() {
  if (PASSINDEX == 0) {
    gl_FragColor = drawn();
    return;
  }
  vec3 light = IMG_THIS_PIXEL(canvas).rgb;
  vec2 away = isf_FragNormCoord - 0.5;
  vec3 ground = vec3(0.020, 0.018, 0.050) * (1.4 - 2.0 * dot(away, away));
  gl_FragColor = vec4(1.0 - exp(-1.15 * light) + ground, 1.0);
}
