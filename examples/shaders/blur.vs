// Works out the blur's step once a vertex: one texel of the picture that this pass reads, along the pass's axis.

#if __VERSION__ <= 120
varying vec2 step_by;
#else
out vec2 step_by;
#endif

void main() {
  isf_vertShaderInit();
  vec2 texel = 1.0 / RENDERSIZE;
  step_by = PASSINDEX == 1 ? vec2(texel.x, 0.0) : vec2(0.0, texel.y);
}
