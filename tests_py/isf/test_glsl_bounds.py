"""Code that breaks compilers: each case in a process of its own, on a driver that would break."""

import pytest
from children import QUIET, python

import zcgpu

HEAD = "/*{}*/\n"
LIMITS = {
    "operators": ("x = " + "x + " * 20_000 + "x;", "operators in one expression"),
    "nots": ("bool b = " + "!" * 200_000 + "true;", "operators in one expression"),
    "members": ("vec4 v; v = v" + ".xyzw" * 20_000 + ";", "operators in one expression"),
    "nested sums": ("x = " + "(" * 200 + "x" + (" + x" * 30 + ")") * 200 + ";", "operators"),
    "choices": ("x = " + "x > 1.0 ? x : " * 20_000 + "x;", "operators in one expression"),
    "parentheses": ("x = " + "(" * 100_000 + "x" + ")" * 100_000 + ";", "brackets inside"),
    "braces": ("{" * 100_000 + "}" * 100_000, "brackets inside one another"),
    "calls": ("x = " + "sin(" * 50_000 + "x" + ")" * 50_000 + ";", "brackets inside"),
    "branches": ("if (x > 1.0) x = 1.0;" + "else if (x > 2.0) x = 2.0;" * 20_000, "'if', 'else'"),
    "cases": (
        "switch (int(x)) {" + "".join(f"case {n}: x += {n}.5; break;" for n in range(600)) + "}",
        "cases of switches",
    ),
    "loops": ("for (;;) " * 20_000 + "x = 1.0;", "'if', 'else' or loops"),
}
"""Statements, and what is said of them."""


def shader(statements: str, before: str = "") -> str:
    return (
        f"{HEAD}{before}\nvoid main() {{\nfloat x = TIME;\n{statements}\n"
        "gl_FragColor = vec4(x);\n}\n"
    )


@pytest.mark.parametrize("kind", LIMITS)
def test_code_that_would_overflow_a_compiler_is_refused(kind: str) -> None:
    statements, words = LIMITS[kind]
    program = f"""
        import sys, zcgpu
        {QUIET}
        with zcgpu.Context() as context:
            try:
                context.scene(sys.stdin.read())
            except zcgpu.ShaderError as error:
                print(error.line, str(error).splitlines()[0])
    """
    done = python(program, stdin=shader(statements))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("5 ")
    assert words in done.stdout


def macros(line: str, count: int) -> str:
    """`line` with each number and the one before it."""
    return "".join(line.format(n, n - 1) + "\n" for n in range(1, count))


@pytest.mark.parametrize(
    ("before", "statements", "words", "line"),
    [
        ("#define A0 x +\n" + macros("#define A{0} A{1} A{1}", 40), "x = A39 x;", "expand", 45),
        (
            "#define A0(x) x * x\n" + macros("#define A{0}(x) A{1}(x) * A{1}(x)", 40),
            "x = A39(x);",
            "expand",
            45,
        ),
        ("#define D(x) ((x) * (x))", "x = " + "D(" * 60 + "x" + ")" * 60 + ";", "expand", 5),
        ("#define A0 1.0\n" + macros("#define A{0} A{1}", 5000), "x = A4999;", "macros", 5005),
        (
            "float f0(float x) { return x; }\n"
            + macros("float f{0}(float x) {{ return f{1}(x) + f{1}(x); }}", 40),
            "x = f39(x);",
            "with the functions it calls",
            None,
        ),
        (
            "#define C(f) f(x) + f(x * 2.0)\nfloat f0(float x) { return x; }\n"
            + macros("float f{0}(float x) {{ return C(f{1}); }}", 40),
            "x = f39(x);",
            "with the functions it calls",
            None,
        ),
        (
            "#define CALL(f, x) f(x)\n#define G0(x) x + x\n"
            + macros("#define G{0}(x) CALL(G{1}, CALL(G{1}, x))", 20),
            "x = G19(x);",
            "expand",
            26,
        ),
        (
            "#define A0(x) x + x\n#define B0 A0\n"
            + macros("#define A{0}(x) B{1}(x) + B{1}(x)\n#define B{0} A{0}", 40),
            "x = B39(x);",
            "expand",
            None,
        ),
        ("float a[1000000];", "x = a[1];", "an array of more than", 2),
        ("const int N = 1000; float a[N][N];", "x = a[1][1];", "an array of more than", 2),
        ("#define N (999 + 1)\n#define M 1000000", "float a[M];", "an array of more than", 6),
        ("", "float a[2 * (10000 + 3)];", "an array of more than", 5),
        ("float a[1 << 28];", "x = a[1];", "an array of more than", 2),
        ("float a[int(1000 * 1000)];", "x = a[1];", "an array of more than", 2),
        ("float a[int(1e9)];", "x = a[1];", "an array of more than", 2),
        ("float b[9000]; float a[b.length() * 2];", "x = a[1];", "an array of more than", 2),
        ("const int M = 100 * 1000;", "float a[M];", "an array of more than", 5),
        ("#define K 1000\n#define N (K * K)", "float a[N];", "an array of more than", 6),
        ("const int K = 30000; const int N = K;", "float a[N];", "an array of more than", 5),
        ("", "mat4 a[1025];", "of more than 16384 numbers in all", 5),
        ("vec4[4097] a;", "x = a[3].x;", "of more than 16384 numbers in all", 2),
        ("const vec2 a[5000] = vec2[5000](vec2(1.0));", "float b[7000];", "numbers in all", 5),
        ("struct A { float a[16000]; } s[2];", "x = s[1].a[3];", "numbers in all", 2),
        ("struct A { float a[16000]; };\nstruct B { A a[16000]; };", "B b;", "numbers in all", 6),
        (
            "struct S0 { float a; };\n" + macros("struct S{0} {{ S{1} a, b; }};", 40),
            "S39 s;",
            "numbers in all",
            None,
        ),
        ("", "x = sin(x) * 1.1;" * 10_000, "a function of more than 60000 words", 3),
        ("#define S x = sin(x) * 1.1", "S;" * 8_000, "expand to more than 60000", 5),
        (
            "float f(float x) { float a[4000]; a[int(x)] = x; return a[int(x) * 3]; }",
            "x = " + "f(x) + " * 9 + "x;",
            "with the functions it calls",
            None,
        ),
    ],
)
def test_code_that_grows_beyond_measure_is_refused(
    before: str, statements: str, words: str, line: int | None
) -> None:
    for dialect in ("gl", "es"):
        with pytest.raises(zcgpu.ShaderError, match=words) as error:
            zcgpu.translate(shader(statements, before), dialect=dialect)
        if line is not None:
            assert error.value.line == line


def test_tables_of_ordinary_size_are_drawn(context: zcgpu.Context) -> None:
    table = shader(
        "a[int(x)] = vec4(x); x = a[int(x) * 3].x + 0.2; vec3 b = vec3(x), c[3];",
        "vec4 a[400]; struct S { mat3 m; vec2 v; };",
    )
    with context.scene(table) as scene:
        assert (scene.render(1, 1).to_numpy() == 51).all()


def test_what_is_large_but_no_danger_is_drawn(context: zcgpu.Context) -> None:
    many = shader(
        "x = 0.0" + " + 0.001" * 500 + ";\n" + "{" * 100 + "}" * 100 + "a[700] = x; x = a[700];",
        "float a[800];\n#define A(x) x\n" + "#define B A(A(A(1.0)))\n" * 20,
    )
    with context.scene(many) as scene:
        assert abs(int(scene.render(1, 1).to_numpy()[0, 0, 0]) - 127.5) < 1


@pytest.mark.parametrize("kibibytes", [64, 128, 256, 512])
def test_a_thread_with_a_small_stack_gets_an_exception(kibibytes: int) -> None:
    program = f"""
        import threading, zcgpu
        {QUIET}
        LONG = "/*{{}}*/ void main() {{ bool b = " + "!" * 990 + "true; gl_FragColor = vec4(b); }}"
        contexts = [zcgpu.Context()]
        scenes = [contexts[0].scene(LONG)]
        def attempt(act):
            try:
                act()
                print("done")
            except zcgpu.ThreadError as error:
                print("threading.stack_size" in str(error))
        def work():
            attempt(zcgpu.Context)
            attempt(lambda: contexts[0].scene(LONG))
            attempt(lambda: scenes[0].render(4, 4))
        threading.stack_size({kibibytes} * 1024)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        threading.stack_size(2 << 20)
        thread = threading.Thread(target=lambda: attempt(lambda: scenes[0].render(4, 4)))
        thread.start()
        thread.join()
        attempt(lambda: print(scenes[0].render(4, 4).to_numpy()[0, 0]))
    """
    done = python(program)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "True\nTrue\nTrue\ndone\n[255 255 255 255]\ndone\n"
