"""Whole numbers where a driver without implicit conversions takes only 2.0: ANGLE is one."""

import angle
from children import QUIET


def test_whole_numbers_beside_floats_are_drawn_as_floats() -> None:
    program = f"""
        import zcgpu
        {QUIET}
        text = '''/*{{"INPUTS": [{{"NAME": "level", "TYPE": "float", "DEFAULT": 0.5}}]}}*/
        float twice(float x) {{ return x * 2; }}
        void main() {{
            float a = 1;
            int n = 6, i = 3;
            vec2 v = vec2(0.25) + isf_FragNormCoord * 0;
            a -= 1;
            if (level < 1) a += pow(level, 2);
            if (3 / 2 == 1) v = v / 2;
            gl_FragColor = vec4(a, twice(v.x * 1 + 0.125), level / 2 + float(n / i - 2), 2 * level);
        }}'''
        with zcgpu.Context(dialect="es") as context, context.scene(text) as scene:
            print(scene.render(1, 1).to_numpy()[0, 0])
    """
    # 0.5 ** 2, 2 * (0.25 / 2 + 0.125), 0.5 / 2 + (6 / 3 - 2), 2 * 0.5
    assert angle.output_of(program) == "[ 64 128  64 255]\n"
