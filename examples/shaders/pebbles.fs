/*{
  "DESCRIPTION": "Soft shapes melting together over raked sand: a ray-marched distance field in soft light.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "3D"],
  "INPUTS": [
    { "NAME": "angle", "LABEL": "Camera angle", "TYPE": "float", "DEFAULT": 0.30, "MIN": 0.0, "MAX": 1.0 },
    { "NAME": "turn", "LABEL": "Turning speed", "TYPE": "float", "DEFAULT": 1.0, "MIN": -4.0, "MAX": 4.0 },
    { "NAME": "melt", "LABEL": "Melt", "TYPE": "float", "DEFAULT": 0.42, "MIN": 0.01, "MAX": 0.8 },
    { "NAME": "tint", "LABEL": "Tint", "TYPE": "color", "DEFAULT": [0.96, 0.34, 0.24, 1.0] },
    { "NAME": "shade", "LABEL": "Second tint", "TYPE": "color", "DEFAULT": [0.13, 0.42, 0.72, 1.0] },
    { "NAME": "table", "LABEL": "Table", "TYPE": "color", "DEFAULT": [0.86, 0.76, 0.66, 1.0] }
  ]
}*/

#if __VERSION__ <= 120
varying vec3 camera;
varying vec3 ray;
#else
in vec3 camera;
in vec3 ray;
#endif

const int STEPS = 56;
const int SHADOW_STEPS = 20;
const float FAR = 16.0;

// Centre of pebble k.
vec3 pebble(float k) {
  float t = 0.5 * TIME + 1.0472 * k;
  float reach = 0.95 + 0.40 * sin(0.8 * TIME + 2.4 * k);
  return vec3(reach * cos(t), 0.88 + 0.32 * sin(1.1 * TIME + 2.0 * k), reach * sin(t));
}

// The least of two distances, rounded where they are within `melt`; y carries the share of the first.
vec2 join(vec2 a, vec2 b) {
  float h = clamp(0.5 + 0.5 * (b.x - a.x) / melt, 0.0, 1.0);
  return vec2(mix(b.x, a.x, h) - melt * h * (1.0 - h), mix(b.y, a.y, h));
}

// Distance to the shapes, and how much of the second tint they have there.
vec2 shapes(vec3 p) {
  float bound = length(p - vec3(0.0, 0.85, 0.0)) - 2.2;
  if (bound > 1.0) {
    return vec2(bound, 0.0);
  }
  vec2 all = vec2(length(p - pebble(0.0)) - 0.60, 1.0);
  for (int i = 1; i < 6; i++) {
    float k = float(i);
    all = join(all, vec2(length(p - pebble(k)) - 0.60 + 0.05 * k, 0.5 + 0.5 * cos(2.1 * k)));
  }
  return all;
}

vec3 normal_at(vec3 p) {
  vec2 e = vec2(1.0, -1.0) * 0.0015;
  return normalize(
    e.xyy * shapes(p + e.xyy).x + e.yyx * shapes(p + e.yyx).x +
    e.yxy * shapes(p + e.yxy).x + e.xxx * shapes(p + e.xxx).x
  );
}

// 1 in the open, 0 in full shadow; nearness to a shape on the way to the light makes the penumbra.
float sunlit(vec3 from, vec3 to_light) {
  float open = 1.0;
  float along = 0.04;
  for (int i = 0; i < SHADOW_STEPS; i++) {
    float gap = shapes(from + to_light * along).x;
    open = min(open, 0.5 + 0.5 * gap / (0.14 * along));
    along += clamp(gap, 0.05, 0.4);
    if (open < 0.0 || along > 5.0) {
      break;
    }
  }
  open = clamp(open, 0.0, 1.0);
  return open * open * (3.0 - 2.0 * open);
}

float ambient(vec3 p, vec3 n) {
  float near = 0.6 * shapes(p + n * 0.12).x / 0.12 + 0.4 * shapes(p + n * 0.4).x / 0.4;
  return clamp(0.40 + 0.60 * near, 0.0, 1.0);
}

vec3 sky(vec3 way) {
  float up = clamp(way.y, 0.0, 1.0);
  return mix(vec3(0.98, 0.83, 0.72), vec3(0.40, 0.58, 0.80), sqrt(up));
}

// The shapes at `p`, seen along `way`.
vec3 skin_at(vec3 p, vec3 way, vec3 to_light) {
  vec3 n = normal_at(p);
  float sun = max(dot(n, to_light), 0.0);
  sun = sun > 0.0 ? sun * sunlit(p + n * 0.01, to_light) : 0.0;
  vec3 skin = mix(tint.rgb, shade.rgb, smoothstep(0.05, 0.95, shapes(p).y));
  vec3 bounce = table.rgb * (0.5 - 0.5 * n.y) * 0.8;
  float hollow = ambient(p, n);
  vec3 mirror = reflect(way, n);
  float fresnel = 0.04 + 0.5 * pow(1.0 - max(dot(n, -way), 0.0), 5.0);
  vec3 color = skin * (sun * vec3(1.25, 1.12, 0.95) + hollow * (0.42 * sky(n) + bounce));
  color += fresnel * hollow * 0.7 * (mirror.y > 0.0 ? sky(mirror) : table.rgb * 0.7);
  return color + pow(max(dot(mirror, to_light), 0.0), 60.0) * sun * 0.9;
}

// The table and the sky behind the shapes. The table is raked sand: rings around the middle.
vec3 behind(vec3 way, float table_at, vec3 to_light) {
  if (table_at >= FAR) {
    return sky(way);
  }
  vec3 p = camera + way * table_at;
  float rings = 2.4 * length(p.xz) - 0.5 * atan(p.z, p.x) / 6.2831853;
  float slope = sin(6.2831853 * 2.0 * rings) * smoothstep(1.3, 1.8, length(p.xz))
    * smoothstep(9.0, 4.0, table_at);
  vec2 outward = p.xz / (length(p.xz) + 0.001);
  vec3 n = normalize(vec3(0.30 * slope * outward.x, 1.0, 0.30 * slope * outward.y));
  float lit = sunlit(p, to_light) * max(dot(n, to_light), 0.0) / to_light.y;
  float hollow = ambient(p, n);
  vec3 color = table.rgb * (lit * vec3(0.78, 0.70, 0.60) + hollow * vec3(0.28, 0.33, 0.42));
  return mix(color, sky(way), smoothstep(5.0, FAR, table_at));
}

void main() {
  vec3 way = normalize(ray);
  vec3 to_light = normalize(vec3(0.55, 0.75, 0.25));
  float table_at = way.y < -0.0001 ? min(FAR, -camera.y / way.y) : FAR;
  float pixel = 2.0 / (3.3 * RENDERSIZE.y);

  // The closest pass, in pixels, tells how much of an edge pixel the shapes cover.
  float along = 0.0;
  float closest = 1.0;
  float closest_at = 0.0;
  for (int i = 0; i < STEPS; i++) {
    float gap = shapes(camera + way * along).x;
    float miss = along > 0.0 ? gap / (pixel * along) : 1.0;
    if (miss < closest) {
      closest = miss;
      closest_at = along;
    }
    if (miss < 0.1 || along > table_at) {
      break;
    }
    along += gap;
  }

  float cover = closest_at > table_at ? 0.0 : clamp(1.1 - closest, 0.0, 1.0);
  vec3 color = vec3(0.0);
  if (cover < 1.0) {
    color = behind(way, table_at, to_light);
  }
  if (cover > 0.0) {
    color = mix(color, skin_at(camera + way * closest_at, way, to_light), cover);
  }

  color = color / (1.0 + 0.25 * color);
  vec2 away = isf_FragNormCoord - 0.5;
  color = pow(color, vec3(0.92)) * (1.1 - 0.5 * dot(away, away));
  gl_FragColor = vec4(color, 1.0);
}
