/*{
  "DESCRIPTION": "The first picture burns away from a point, and the second shows through.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Transition", "Dissolve"],
  "INPUTS": [
    { "NAME": "startImage", "LABEL": "From", "TYPE": "image" },
    { "NAME": "endImage", "LABEL": "To", "TYPE": "image" },
    { "NAME": "progress", "LABEL": "Progress", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0 },
    {
      "NAME": "spark", "LABEL": "Where it starts", "TYPE": "point2D",
      "DEFAULT": [0.62, 0.48], "MIN": [0.0, 0.0], "MAX": [1.0, 1.0]
    },
    { "NAME": "roughness", "LABEL": "Roughness", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "flame", "LABEL": "Flame", "TYPE": "color", "DEFAULT": [1.0, 0.45, 0.10, 1.0] }
  ]
}*/

float scatter(vec2 cell) {
  vec2 q = fract(cell * vec2(0.6180340, 0.7548777) + 0.83);
  q += dot(q, q.yx + 29.3);
  return fract(q.x * q.y * 8.71);
}

float noise_at(vec2 p) {
  vec2 cell = floor(p);
  vec2 t = p - cell;
  t = t * t * (3.0 - 2.0 * t);
  float bottom = mix(scatter(cell), scatter(cell + vec2(1.0, 0.0)), t.x);
  float top = mix(scatter(cell + vec2(0.0, 1.0)), scatter(cell + vec2(1.0, 1.0)), t.x);
  return mix(bottom, top, t.y);
}

float layers(vec2 p) {
  float sum = 0.0;
  float amplitude = 0.5;
  for (int i = 0; i < 6; i++) {
    sum += amplitude * noise_at(p);
    p = mat2(1.6, 1.2, -1.2, 1.6) * p + 2.7;
    amplitude *= 0.5;
  }
  return sum;
}

void main() {
  vec2 aspect = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  vec2 p = isf_FragNormCoord * aspect;
  vec2 farthest = max(spark, 1.0 - spark) * aspect;

  // When the fire reaches this place, from 0 to 1; the margin lets it start unseen and leave wholly.
  float reach = length(p - spark * aspect) / length(farthest);
  float fuel = layers(3.2 * p + 5.0);
  float arrival = reach * (1.0 - 0.45 * roughness) + 0.45 * roughness * fuel;
  float margin = 0.16;
  float front = mix(-margin, 1.0 + margin, progress) - arrival;

  float curl = smoothstep(-0.10, 0.0, front);
  vec2 lift = (p - spark * aspect) * 0.025 * curl / aspect;
  vec3 from = IMG_NORM_PIXEL(startImage, isf_FragNormCoord - lift).rgb;
  vec3 to = IMG_NORM_PIXEL(endImage, isf_FragNormCoord).rgb;

  vec3 charred = from * mix(1.0, 0.06, smoothstep(-0.085, -0.012, front + 0.03 * (fuel - 0.5)));
  float pixel = 1.5 / RENDERSIZE.y;
  float gone = smoothstep(-pixel, pixel, front);
  vec3 color = mix(charred, to * (0.55 + 0.45 * smoothstep(0.0, 0.10, front)), gone);

  float flicker = 0.75 + 0.5 * noise_at(18.0 * p + vec2(0.0, -4.0 * TIME));
  float ember = exp(-abs(front) * 95.0) * flicker;
  float glow = exp(-abs(front + 0.008) * 26.0) * 0.40 * flicker;
  color += flame.rgb * (1.5 * ember + glow) + vec3(1.0, 0.85, 0.55) * ember * ember * 0.9;
  vec2 crumb = vec2(scatter(floor(70.0 * p)), scatter(floor(70.0 * p) + 9.0));
  float cinder = step(0.965, crumb.x) * smoothstep(0.35, 0.1, length(fract(70.0 * p) - 0.5));
  cinder *= smoothstep(-0.10, -0.02, front) * (1.0 - gone);
  color += flame.rgb * cinder * (0.5 + 0.5 * sin(9.0 * TIME + 40.0 * crumb.y));

  color = mix(from, color, smoothstep(0.0, 0.02, progress));
  gl_FragColor = vec4(mix(color, to, smoothstep(0.98, 1.0, progress)), 1.0);
}
