// One camera for the whole picture: the vertices work out their rays, the fragments get them interpolated.

#if __VERSION__ <= 120
varying vec3 camera;
varying vec3 ray;
#else
out vec3 camera;
out vec3 ray;
#endif

void main() {
  isf_vertShaderInit();
  float around = 6.2831853 * angle + 0.15 * TIME * turn;
  camera = vec3(4.9 * cos(around), 2.5, 4.9 * sin(around));
  vec3 forward = normalize(vec3(0.0, 0.72, 0.0) - camera);
  vec3 right = normalize(cross(forward, vec3(0.0, 1.0, 0.0)));
  vec3 up = cross(right, forward);
  vec2 screen = (2.0 * isf_FragNormCoord - 1.0) * vec2(RENDERSIZE.x / RENDERSIZE.y, 1.0);
  ray = forward + (right * screen.x + up * screen.y) / 3.3;
}
