/*{
  "ISFVSN": "2",
  "DESCRIPTION": "What every program of the benchmark draws: red is x, green is y, blue runs with time.",
  "CREDIT": "zcgpu authors",
  "CATEGORIES": ["Generator", "Test"],
  "INPUTS": [{"NAME": "speed", "TYPE": "float", "DEFAULT": 1.0, "MIN": 0.0, "MAX": 10.0}]
}*/

void main() {
  gl_FragColor = vec4(isf_FragNormCoord, fract(TIME * speed), 1.0);
}
