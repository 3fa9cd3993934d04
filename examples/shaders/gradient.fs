/*{
  "DESCRIPTION": "A plain formula for tests: red is x, green is y, blue is the fraction of TIME, alpha is 1.",
  "CREDIT": "zcgpu authors",
  "ISFVSN": "2",
  "CATEGORIES": ["Generator", "Test"],
  "INPUTS": []
}*/

void main() {
  gl_FragColor = vec4(isf_FragNormCoord, fract(TIME), 1.0);
}
