/*{
  "DESCRIPTION": "Gray-Scott reaction and diffusion in small float buffers, lit as a relief.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Feedback", "Simulation"],
  "INPUTS": [
    { "NAME": "feed", "LABEL": "Feed rate", "TYPE": "float", "DEFAULT": 0.037, "MIN": 0.010, "MAX": 0.090 },
    { "NAME": "kill", "LABEL": "Kill rate", "TYPE": "float", "DEFAULT": 0.060, "MIN": 0.045, "MAX": 0.070 },
    { "NAME": "variety", "LABEL": "Variety", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "restart", "LABEL": "Restart", "TYPE": "event" },
    { "NAME": "low", "LABEL": "Low colour", "TYPE": "color", "DEFAULT": [0.05, 0.12, 0.22, 1.0] },
    { "NAME": "middle", "LABEL": "Middle colour", "TYPE": "color", "DEFAULT": [0.10, 0.55, 0.55, 1.0] },
    { "NAME": "high", "LABEL": "High colour", "TYPE": "color", "DEFAULT": [1.0, 0.72, 0.42, 1.0] }
  ],
  "PASSES": [
    {
      "TARGET": "step1", "FLOAT": true,
      "WIDTH": "max(floor($WIDTH/2.5), 16)", "HEIGHT": "max(floor($HEIGHT/2.5), 16)"
    },
    {
      "TARGET": "step2", "FLOAT": true,
      "WIDTH": "max(floor($WIDTH/2.5), 16)", "HEIGHT": "max(floor($HEIGHT/2.5), 16)"
    },
    {
      "TARGET": "step3", "FLOAT": true,
      "WIDTH": "max(floor($WIDTH/2.5), 16)", "HEIGHT": "max(floor($HEIGHT/2.5), 16)"
    },
    {
      "TARGET": "state", "FLOAT": true, "PERSISTENT": true,
      "WIDTH": "max(floor($WIDTH/2.5), 16)", "HEIGHT": "max(floor($HEIGHT/2.5), 16)"
    },
    {}
  ]
}*/

// The state before pass PASSINDEX: red is the substrate, green the reagent, alpha 1 once it has been sown.
vec4 before(vec2 at) {
  if (PASSINDEX == 0) { return IMG_NORM_PIXEL(state, at); }
  if (PASSINDEX == 1) { return IMG_NORM_PIXEL(step1, at); }
  if (PASSINDEX == 2) { return IMG_NORM_PIXEL(step2, at); }
  return IMG_NORM_PIXEL(step3, at);
}

// Drops of reagent in a field of substrate: one drop at most in each cell of a grid.
vec4 sown(vec2 at) {
  vec2 p = at * RENDERSIZE / 15.0;
  vec2 cell = floor(p);
  vec2 q = fract(cell * vec2(0.6180340, 0.7548777) + 0.19);
  q += dot(q, q.yx + 19.7);
  vec2 dice = fract(vec2(q.x * q.y * 6.13, (q.x + q.y) * 3.71));
  float drop = smoothstep(0.30, 0.18, length(p - cell - 0.3 - 0.4 * dice)) * step(dice.x, 0.55);
  return vec4(1.0 - 0.5 * drop, 0.35 * drop, 0.0, 1.0);
}

vec4 reacted(vec2 at) {
  vec2 e = 1.0 / RENDERSIZE;
  vec4 here = before(at);
  if (here.a < 0.5 || (restart && PASSINDEX == 0)) {
    return sown(at);
  }
  vec2 sides = before(at + vec2(e.x, 0.0)).rg + before(at - vec2(e.x, 0.0)).rg
    + before(at + vec2(0.0, e.y)).rg + before(at - vec2(0.0, e.y)).rg;
  vec2 corners = before(at + e).rg + before(at - e).rg
    + before(at + vec2(e.x, -e.y)).rg + before(at + vec2(-e.x, e.y)).rg;
  vec2 spread = 0.2 * sides + 0.05 * corners - here.rg;
  // The rates differ a little from place to place, so that worms, rings and spots live side by side.
  vec2 p = at * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  float place = sin(4.1 * p.x + 1.3 * sin(3.3 * p.y)) * sin(3.7 * p.y + 0.8 + 1.1 * sin(2.9 * p.x));
  float fed = feed + 0.014 * variety * place;
  float turned = here.r * here.g * here.g;
  float u = here.r + spread.x - turned + fed * (1.0 - here.r);
  float v = here.g + 0.5 * spread.y + turned - (fed + kill) * here.g;
  return vec4(clamp(u, 0.0, 1.0), clamp(v, 0.0, 1.0), 0.0, 1.0);
}

// Between the texels of the small buffer a cubic, not a line, keeps the relief smooth.
float height(vec2 at) {
  vec2 size = IMG_SIZE(state);
  vec2 p = at * size - 0.5;
  vec2 cell = floor(p);
  vec2 t = p - cell;
  vec2 w0 = (1.0 - t) * (1.0 - t) * (1.0 - t) / 6.0;
  vec2 w1 = (4.0 - 6.0 * t * t + 3.0 * t * t * t) / 6.0;
  vec2 w3 = t * t * t / 6.0;
  vec2 w2 = 1.0 - w0 - w1 - w3;
  vec2 low = (cell - 0.5 + w1 / (w0 + w1)) / size;
  vec2 high = (cell + 1.5 + w3 / (w2 + w3)) / size;
  vec2 share = w2 + w3;
  float bottom = mix(IMG_NORM_PIXEL(state, low).g, IMG_NORM_PIXEL(state, vec2(high.x, low.y)).g, share.x);
  float top = mix(IMG_NORM_PIXEL(state, vec2(low.x, high.y)).g, IMG_NORM_PIXEL(state, high).g, share.x);
  return mix(bottom, top, share.y);
}

void main() {
  vec2 at = isf_FragNormCoord;
  if (PASSINDEX < 4) {
    gl_FragColor = reacted(at);
    return;
  }
  vec2 e = 0.75 / IMG_SIZE(state);
  float here = height(at);
  vec2 slope = vec2(height(at + vec2(e.x, 0.0)) - height(at - vec2(e.x, 0.0)),
    height(at + vec2(0.0, e.y)) - height(at - vec2(0.0, e.y)));
  vec3 n = normalize(vec3(-7.0 * slope, 1.0));
  vec3 to_light = normalize(vec3(-0.55, 0.75, 0.75));
  float lit = max(dot(n, to_light), 0.0);
  float shine = pow(max(reflect(-to_light, n).z, 0.0), 22.0);

  float body = smoothstep(0.06, 0.30, here);
  vec3 color = mix(low.rgb, middle.rgb, smoothstep(0.0, 0.5, body));
  color = mix(color, high.rgb, smoothstep(0.45, 0.95, body));
  color *= 0.35 + 0.95 * lit;
  color += vec3(1.0, 0.95, 0.85) * 0.5 * shine * body;
  gl_FragColor = vec4(color, 1.0);
}
