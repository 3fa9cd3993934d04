/*{
  "DESCRIPTION": "Rings on water: drops fall by themselves or on an event, and bend the picture.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Filter", "Distortion"],
  "INPUTS": [
    { "NAME": "inputImage", "LABEL": "Picture", "TYPE": "image" },
    { "NAME": "splash", "LABEL": "Splash", "TYPE": "event" },
    { "NAME": "rain", "LABEL": "Rain", "TYPE": "bool", "DEFAULT": true },
    {
      "NAME": "centre", "LABEL": "Where it falls", "TYPE": "point2D",
      "DEFAULT": [0.42, 0.42], "MIN": [0.0, 0.0], "MAX": [1.0, 1.0]
    },
    { "NAME": "depth", "LABEL": "Depth", "TYPE": "float", "DEFAULT": 0.5, "MIN": 0.0, "MAX": 1.5 },
    {
      "NAME": "wavelength", "LABEL": "Wavelength", "TYPE": "float",
      "DEFAULT": 0.09, "MIN": 0.02, "MAX": 0.4
    },
    { "NAME": "light", "LABEL": "Light", "TYPE": "color", "DEFAULT": [1.0, 0.93, 0.78, 1.0] }
  ],
  "PASSES": [
    { "TARGET": "clock", "PERSISTENT": true, "FLOAT": true, "WIDTH": 1, "HEIGHT": 1 },
    {}
  ]
}*/

const float RAIN_PERIOD = 1.9;

// The clock's one texel: red is when the last splash fell, green is 1 if any has fallen.
vec4 clock_now() {
  vec4 last = IMG_NORM_PIXEL(clock, vec2(0.5));
  return splash ? vec4(TIME, 1.0, 0.0, 1.0) : vec4(last.rg, 0.0, 1.0);
}

// The slope of the rings that a drop made `age` seconds ago at `from`.
vec2 rings(vec2 p, vec2 from, float age) {
  if (age < 0.0) {
    return vec2(0.0);
  }
  vec2 way = p - from;
  float far = length(way);
  float front = 0.42 * age;
  float behind = front - far;
  float packet = smoothstep(0.0, 0.5 * wavelength, behind) * exp(-2.6 * behind) * exp(-0.75 * age);
  float slope = packet * cos(6.2831853 * behind / wavelength);
  return slope * way / max(far, 0.001) * smoothstep(0.0, 0.02, far);
}

void main() {
  if (PASSINDEX == 0) {
    gl_FragColor = clock_now();
    return;
  }
  vec2 aspect = vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  vec2 p = isf_FragNormCoord * aspect;
  vec4 last = IMG_NORM_PIXEL(clock, vec2(0.5));

  vec2 slope = vec2(0.0);
  if (last.g > 0.5) {
    slope += 1.4 * rings(p, centre * aspect, TIME - last.r);
  }
  if (rain) {
    for (int i = 0; i < 4; i++) {
      float k = float(i);
      float now = TIME / RAIN_PERIOD + 0.25 * k + 1.0;
      float drop = floor(now);
      vec2 dice = fract(vec2(0.618 * drop + 0.37 * k, 0.755 * drop + 0.61 * k));
      vec2 at = i == 0 ? centre : 0.06 + 0.88 * dice;
      slope += rings(p, at * aspect, (now - drop) * RAIN_PERIOD) * smoothstep(1.0, 0.8, now - drop);
    }
  }

  vec2 shift = -0.06 * depth * slope / aspect;
  vec3 color = vec3(
    IMG_NORM_PIXEL(inputImage, isf_FragNormCoord + 0.94 * shift).r,
    IMG_NORM_PIXEL(inputImage, isf_FragNormCoord + shift).g,
    IMG_NORM_PIXEL(inputImage, isf_FragNormCoord + 1.06 * shift).b
  );
  float lit = dot(slope, vec2(-0.55, 0.83));
  color *= 1.0 + 0.35 * depth * lit;
  color += light.rgb * depth * 0.9 * pow(clamp(lit, 0.0, 1.0), 2.0);
  gl_FragColor = vec4(color, 1.0);
}
