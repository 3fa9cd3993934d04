/*{
  "DESCRIPTION": "The picture in tiles: squares, hexagons, triangles or studs, of one colour each.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Stylize", "Geometry"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    {
      "NAME": "shape", "LABEL": "Shape", "TYPE": "long", "DEFAULT": 1,
      "VALUES": [0, 1, 2, 3], "LABELS": ["Squares", "Hexagons", "Triangles", "Studs"]
    },
    { "NAME": "rows", "LABEL": "Rows", "TYPE": "float", "DEFAULT": 28.0, "MIN": 4.0, "MAX": 160.0 },
    { "NAME": "joint", "LABEL": "Joint", "TYPE": "float", "DEFAULT": 0.06, "MIN": 0.0, "MAX": 0.3 },
    { "NAME": "relief", "LABEL": "Relief", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "joint_tint", "LABEL": "Joint colour", "TYPE": "color", "DEFAULT": [0.07, 0.06, 0.10, 1.0] }
  ]
}*/

const float ROOT3 = 1.7320508;

// A tile: xy its middle, z the distance to its edge in tile heights, w the angle that its nearest edge faces.
vec4 square_tile(vec2 p) {
  vec2 middle = floor(p) + 0.5;
  vec2 q = p - middle;
  vec2 size = abs(q);
  vec2 facing = size.x > size.y ? vec2(sign(q.x), 0.0) : vec2(0.0, sign(q.y));
  return vec4(middle, 0.5 - max(size.x, size.y), atan(facing.y, facing.x));
}

vec4 hexagon_tile(vec2 p) {
  vec2 grid = vec2(ROOT3, 1.0);
  vec2 a = (floor(p / grid) + 0.5) * grid;
  vec2 b = floor(p / grid + 0.5) * grid;
  vec2 middle = dot(p - a, p - a) < dot(p - b, p - b) ? a : b;
  vec2 q = p - middle;
  float side = 0.0;
  float facing = 0.0;
  for (int i = 0; i < 6; i++) {
    float angle = 1.0471976 * (float(i) + 0.5);
    float reach = dot(q, vec2(cos(angle), sin(angle)));
    if (reach > side) {
      side = reach;
      facing = angle;
    }
  }
  return vec4(middle, 0.5 - side, facing);
}

vec4 triangle_tile(vec2 p) {
  vec2 skewed = vec2(p.x - p.y / ROOT3, 2.0 * p.y / ROOT3);
  vec2 cell = floor(skewed);
  vec2 q = skewed - cell;
  bool upper = q.x + q.y > 1.0;
  vec3 far = upper ? vec3(1.0 - q.x, 1.0 - q.y, q.x + q.y - 1.0) : vec3(q.x, q.y, 1.0 - q.x - q.y);
  vec2 inside = cell + (upper ? vec2(2.0 / 3.0) : vec2(1.0 / 3.0));
  vec2 middle = vec2(inside.x + 0.5 * inside.y, 0.5 * ROOT3 * inside.y);
  float turn = upper ? 0.0 : 3.1415927;
  float facing = far.z < min(far.x, far.y) ? 3.6651914 : (far.x < far.y ? -0.5235988 : 1.5707963);
  return vec4(middle, 0.866 * min(far.x, min(far.y, far.z)), facing + turn);
}

vec4 stud_tile(vec2 p) {
  vec2 middle = floor(p) + 0.5;
  vec2 q = p - middle;
  return vec4(middle, 0.47 - length(q), atan(q.y, q.x + 0.000001));
}

void main() {
  vec2 size = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  vec2 p = (isf_FragNormCoord - 0.5) * size * rows;
  vec4 tile = square_tile(p);
  if (shape == 1) {
    tile = hexagon_tile(p);
  } else if (shape == 2) {
    tile = triangle_tile(p);
  } else if (shape == 3) {
    tile = stud_tile(p);
  }

  // Five reads in the tile stand for its mean.
  vec2 middle = tile.xy / (size * rows) + 0.5;
  vec2 e = 0.22 / (size * rows);
  vec3 color = 0.2 * (
    IMG_NORM_PIXEL(inputImage, middle).rgb +
    IMG_NORM_PIXEL(inputImage, middle + e).rgb + IMG_NORM_PIXEL(inputImage, middle - e).rgb +
    IMG_NORM_PIXEL(inputImage, middle + vec2(e.x, -e.y)).rgb +
    IMG_NORM_PIXEL(inputImage, middle + vec2(-e.x, e.y)).rgb
  );

  float pixel = rows / RENDERSIZE.y;
  float raised = smoothstep(0.5 * joint + 0.14, 0.5 * joint + 0.14 - pixel, tile.z);
  float facing_light = dot(vec2(cos(tile.w), sin(tile.w)), vec2(-0.5, 0.866));
  vec3 shade = color + (0.25 * color + 0.10) * facing_light * raised * relief * 1.6;
  shade *= 1.0 + 0.10 * relief * dot(p - tile.xy, vec2(-0.5, 0.866));
  float body = smoothstep(0.5 * joint - 0.5 * pixel, 0.5 * joint + 0.5 * pixel, tile.z);
  gl_FragColor = vec4(mix(joint_tint.rgb * (0.5 + color), shade, body), 1.0);
}
