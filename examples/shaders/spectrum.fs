/*{
  "DESCRIPTION": "A ring of bars that follows the spectrum of a sound, with a soft pulse in the middle.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Audio"],
  "INPUTS": [
    { "NAME": "sound", "LABEL": "Sound", "TYPE": "audioFFT", "MAX": 256 },
    { "NAME": "bars", "LABEL": "Bars", "TYPE": "float", "DEFAULT": 72.0, "MIN": 8.0, "MAX": 160.0 },
    { "NAME": "radius", "LABEL": "Radius", "TYPE": "float", "DEFAULT": 0.50, "MIN": 0.1, "MAX": 0.8 },
    { "NAME": "gain", "LABEL": "Gain", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 8.0 },
    { "NAME": "low_tint", "LABEL": "Low notes", "TYPE": "color", "DEFAULT": [1.0, 0.32, 0.42, 1.0] },
    { "NAME": "high_tint", "LABEL": "High notes", "TYPE": "color", "DEFAULT": [0.25, 0.75, 1.0, 1.0] }
  ]
}*/

// How loud the notes around `pitch` are; 0 is the lowest and 1 the highest that are shown.
float loudness(float pitch) {
  float at = 0.01 + 0.55 * pitch * pitch;
  // The root of an amplitude is nearer to what an ear hears.
  float heard = sqrt(IMG_NORM_PIXEL(sound, vec2(at, 0.5)).r);
  return clamp(gain * (0.8 + 2.4 * pitch) * heard, 0.0, 1.0);
}

void main() {
  vec2 p = (2.0 * isf_FragNormCoord - 1.0) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  float pixel = 2.0 / RENDERSIZE.y;
  float far = length(p);
  float count = max(floor(bars), 1.0);

  // The ring runs from low at the bottom to high at the top, the same on either side.
  float angle = abs(atan(p.x, -p.y - 0.000001)) / 3.1415927;
  float bar = min(floor(angle * count), count - 1.0);
  float pitch = (bar + 0.5) / count;
  float loud = loudness(pitch);
  float bass = 0.5 * (loudness(0.05) + loudness(0.12));

  float sway = abs(angle * count - bar - 0.5) / count * 3.1415927 * far;
  float half_width = 0.34 * 3.1415927 * radius / count;
  float length_out = 0.02 + 0.50 * loud;
  float inner = radius + 0.03 * bass;
  float along = clamp(far, inner, inner + length_out);
  float gap = length(vec2(sway, far - along)) - half_width;

  vec3 tint = mix(low_tint.rgb, high_tint.rgb, smoothstep(0.0, 0.9, pitch));
  vec3 color = vec3(0.03, 0.025, 0.06) + 0.10 * low_tint.rgb * exp(-1.5 * far);
  color += tint * (0.20 + 0.55 * loud) * 0.35 * exp(-max(gap, 0.0) * 16.0);
  vec3 lit = tint * (0.85 + 0.5 * (far - inner) / 0.5) + 0.20 * loud;
  color = mix(color, lit, smoothstep(pixel, -pixel, gap));

  float ring = abs(far - inner + 0.045) - 0.003;
  float line = 0.7 * smoothstep(pixel, -pixel, ring) + 0.10 * exp(-abs(ring) * 40.0);
  color += mix(low_tint.rgb, high_tint.rgb, angle) * line;
  float disc = inner - 0.12;
  vec3 pulse = mix(low_tint.rgb, high_tint.rgb, 0.5 + 0.5 * p.y / max(disc, 0.05));
  color += pulse * (0.12 + 0.85 * bass) * smoothstep(disc, disc * 0.1, far);
  gl_FragColor = vec4(color, 1.0);
}
