/*{
  "DESCRIPTION": "The picture between mirrors, turning slowly.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Geometry", "Distortion"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    {
      "NAME": "mirrors", "LABEL": "Mirrors", "TYPE": "long", "DEFAULT": 8,
      "VALUES": [3, 4, 5, 6, 8, 12], "LABELS": ["Three", "Four", "Five", "Six", "Eight", "Twelve"]
    },
    { "NAME": "turn", "LABEL": "Turning speed", "TYPE": "float", "DEFAULT": 0.15, "MIN": -2.0, "MAX": 2.0 },
    { "NAME": "zoom", "LABEL": "Zoom", "TYPE": "float", "DEFAULT": 0.7, "MIN": 0.2, "MAX": 4.0 },
    {
      "NAME": "centre", "LABEL": "Centre in the picture", "TYPE": "point2D",
      "DEFAULT": [0.50, 0.40], "MIN": [0.0, 0.0], "MAX": [1.0, 1.0]
    },
    { "NAME": "seams", "LABEL": "Show the mirrors", "TYPE": "bool", "DEFAULT": false }
  ]
}*/

// Back and forth over 0..1, so that the picture's edge is one more mirror.
vec2 folded(vec2 at) {
  return 1.0 - abs(1.0 - mod(at, 2.0));
}

vec3 reflected(vec2 p) {
  float wedge = 3.1415927 / max(float(mirrors), 1.0);
  float far = length(p);
  float angle = atan(p.y, p.x + 0.000001);
  float inside = abs(mod(angle + wedge, 2.0 * wedge) - wedge);
  float drift = 0.7 * TIME * turn + 2.2;
  vec2 q = far * vec2(cos(inside + drift), sin(inside + drift)) / zoom;
  vec2 aspect = vec2(IMG_SIZE(inputImage).x / max(IMG_SIZE(inputImage).y, 1.0), 1.0);
  vec3 color = IMG_NORM_PIXEL(inputImage, folded(centre + q / aspect)).rgb;
  if (seams) {
    float gap = min(inside, wedge - inside) * far;
    color *= mix(0.55, 1.0, smoothstep(0.0, 3.0 / RENDERSIZE.y, gap));
  }
  return color;
}

void main() {
  vec2 p = (isf_FragNormCoord - 0.5) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  float slow = 0.25 * TIME * turn;
  p = mat2(cos(slow), sin(slow), -sin(slow), cos(slow)) * p;
  float e = 0.25 / RENDERSIZE.y;
  vec3 color = 0.25 * (reflected(p + vec2(e, 0.5 * e)) + reflected(p + vec2(-0.5 * e, e))
    + reflected(p + vec2(-e, -0.5 * e)) + reflected(p + vec2(0.5 * e, -e)));
  gl_FragColor = vec4(color * (1.08 - 0.45 * dot(p, p)), 1.0);
}
