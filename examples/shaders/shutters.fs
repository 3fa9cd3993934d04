/*{
  "DESCRIPTION": "The picture turns over in tiles, diagonal after diagonal; the second is on the back.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Transition", "Geometry"],
  "INPUTS": [
    { "NAME": "startImage", "LABEL": "From", "TYPE": "image" },
    { "NAME": "endImage", "LABEL": "To", "TYPE": "image" },
    { "NAME": "progress", "LABEL": "Progress", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "columns", "LABEL": "Columns", "TYPE": "float", "DEFAULT": 12.0, "MIN": 1.0, "MAX": 40.0 },
    { "NAME": "overlap", "LABEL": "Overlap", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.05, "MAX": 1.0 },
    { "NAME": "behind", "LABEL": "Behind", "TYPE": "color", "DEFAULT": [0.04, 0.04, 0.07, 1.0] }
  ]
}*/

const float DEPTH = 0.22;

// The tile's colour at `q` (-1..1 on its face) once it has turned by `angle` about its upright axis.
vec4 turned(vec2 middle, vec2 size, vec2 q, float angle) {
  float c = cos(angle);
  float s = sin(angle);
  // A turned tile comes nearer on one side; it is drawn smaller by as much, to stay in its place.
  q /= 1.0 - DEPTH * abs(s);
  // The eye looks along z from far off: x on the face is where the ray through q meets the turned plane.
  float across = c - DEPTH * s * q.x;
  if (abs(across) < 0.001) {
    return vec4(0.0);
  }
  float x = q.x / across;
  float y = q.y * (1.0 + DEPTH * x * s);
  float edge = max(abs(x), abs(y));
  vec2 pixel = 2.0 / (size * RENDERSIZE);
  float cover = smoothstep(1.0 + pixel.x / max(abs(across), 0.2), 1.0, edge);
  vec2 at = middle + 0.5 * size * vec2(c < 0.0 ? -x : x, y);
  vec3 face = c < 0.0 ? IMG_NORM_PIXEL(endImage, at).rgb : IMG_NORM_PIXEL(startImage, at).rgb;
  float shine = pow(max(0.0, 1.0 - abs(abs(c) - 0.75) * 4.0), 2.0) * abs(s);
  return vec4(face * mix(0.45, 1.0, abs(c)) + 0.18 * shine, cover);
}

void main() {
  float across = max(floor(columns), 1.0);
  float down = max(floor(across * RENDERSIZE.y / RENDERSIZE.x + 0.5), 1.0);
  vec2 grid = vec2(across, down);
  vec2 tile = min(floor(isf_FragNormCoord * grid), grid - 1.0);
  vec2 size = 1.0 / grid;
  vec2 middle = (tile + 0.5) * size;
  vec2 q = (isf_FragNormCoord - middle) * 2.0 * grid;

  float turn_at = dot(middle, vec2(0.7, -0.3)) + 0.3;
  float share = clamp((progress * (1.0 + overlap) - turn_at) / overlap, 0.0, 1.0);
  float eased = share * share * (3.0 - 2.0 * share);
  if (eased <= 0.0) {
    gl_FragColor = vec4(IMG_THIS_PIXEL(startImage).rgb, 1.0);
  } else if (eased >= 1.0) {
    gl_FragColor = vec4(IMG_THIS_PIXEL(endImage).rgb, 1.0);
  } else {
    vec4 face = turned(middle, size, q, 3.1415927 * eased);
    gl_FragColor = vec4(mix(behind.rgb, face.rgb, face.a), 1.0);
  }
}
