/*{
  "DESCRIPTION": "Dunes in low light, the wind drawing ripples over them. Their shapes come from an imported picture of noise.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Landscape"],
  "INPUTS": [
    {"NAME": "wind", "LABEL": "Wind", "TYPE": "float", "MIN": 0.0, "MAX": 1.0, "DEFAULT": 0.4},
    {"NAME": "light", "LABEL": "Light from", "TYPE": "float", "MIN": -3.14, "MAX": 3.14, "DEFAULT": 0.7},
    {"NAME": "sand", "LABEL": "Sand", "TYPE": "color", "DEFAULT": [0.93, 0.66, 0.38, 1.0]},
    {"NAME": "shade", "LABEL": "Shade", "TYPE": "color", "DEFAULT": [0.24, 0.13, 0.24, 1.0]}
  ],
  "IMPORTED": {
    "grain": {"PATH": "media/grain.jpg"}
  }
}*/

// The picture over and over, every other one mirrored, so that it has no seams.
float noise(vec2 at) {
  return IMG_NORM_PIXEL(grain, abs(fract(at * 0.5) * 2.0 - 1.0)).r;
}

float height(vec2 at) {
  vec2 drift = vec2(TIME * 0.02 * wind, 0.0);
  float hills = noise(at * vec2(0.22, 0.35) + drift * 0.2);
  float crests = 1.0 - abs(2.0 * noise(at * vec2(0.35, 0.8) + hills * 0.4 + drift) - 1.0);
  float bend = noise(at * 0.9) * 9.0;
  float ripples = 0.5 + 0.5 * sin((at.y * 7.0 + at.x * 1.5) * 9.0 + bend - TIME * wind * 2.0);
  return 0.55 * hills + 0.33 * crests + 0.012 * ripples;
}

void main() {
  vec2 centred = isf_FragNormCoord - vec2(0.5, 0.0);
  centred.x *= RENDERSIZE.x / RENDERSIZE.y;
  // Looked at from above and behind: far rows lie closer together.
  float far = 1.0 / (1.25 - isf_FragNormCoord.y);
  vec2 at = vec2(centred.x * far * 1.2, far * 1.6);
  float step = 0.014 * far;
  float here = height(at);
  vec2 slope = vec2(height(at + vec2(step, 0.0)) - here, height(at + vec2(0.0, step)) - here) / step;
  vec3 normal = normalize(vec3(-slope * vec2(0.9, 0.5), 1.0));
  vec3 sun = normalize(vec3(cos(light), sin(light), 0.45));
  float lit = clamp(dot(normal, sun), 0.0, 1.0);
  vec3 colour = mix(shade.rgb, sand.rgb, smoothstep(0.0, 0.75, lit) * (0.55 + 0.45 * here));
  colour += sand.rgb * pow(lit, 12.0) * 0.35;
  float haze = smoothstep(0.45, 1.0, isf_FragNormCoord.y);
  colour = mix(colour, mix(sand.rgb, vec3(0.98, 0.80, 0.66), 0.6), haze * 0.75);
  gl_FragColor = vec4(colour, 1.0);
}
