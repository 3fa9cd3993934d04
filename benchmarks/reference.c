/* The measure of the benchmark: what a C program with EGL and GL alone takes for the same work.
 *
 *   reference first-frame   draws one frame, checks it, and ends
 *   reference serve         runs blocks of a job on request; benchmarks/child.py is the other side
 *
 * Display, context, shader and draw are zcgpu's own: an EGL device, hardware before software; a
 * robust OpenGL 4.5 core context without a surface; one triangle into an RGBA8 texture, read with
 * the top row first into memory of the caller. libEGL is linked, the way C programs have it, and
 * GL's functions come from eglGetProcAddress.
 */
#include "reference_gl.h"

#include <time.h>

enum { FIRST_SIDE = 256 };

/* -- the picture --------------------------------------------------------------------------- */

static const char *vertex_source =
    "#version 450\n"
    "out vec2 isf_FragNormCoord;\n"
    "void main() {\n"
    "  isf_FragNormCoord = vec2(float((gl_VertexID & 1) << 1), float(gl_VertexID & 2));\n"
    "  gl_Position = vec4(isf_FragNormCoord * 2.0 - 1.0, 0.0, 1.0);\n"
    "}\n";

static const char *fragment_source =
    "#version 450\n"
    "in vec2 isf_FragNormCoord;\n"
    "out vec4 color;\n"
    "uniform float TIME;\n"
    "uniform float speed;\n"
    "void main() { color = vec4(isf_FragNormCoord, fract(TIME * speed), 1.0); }\n";

static GLuint compile(GLenum stage, const char *source) {
  GLuint shader = gl.CreateShader(stage);
  gl.ShaderSource(shader, 1, &source, NULL);
  gl.CompileShader(shader);
  return shader;
}

static GLuint build_program(void) {
  GLuint program = gl.CreateProgram();
  gl.AttachShader(program, compile(GL_VERTEX_SHADER, vertex_source));
  gl.AttachShader(program, compile(GL_FRAGMENT_SHADER, fragment_source));
  gl.LinkProgram(program);
  GLint linked = 0;
  gl.GetProgramiv(program, GL_LINK_STATUS, &linked);
  if (!linked) fail("the program does not link");
  return program;
}

/* A framebuffer, and the memory that it is read to. */
typedef struct {
  GLsizei width;
  GLsizei height;
  GLuint framebuffer;
  unsigned char *pixels;
} picture;

static GLint time_uniform;
static GLint speed_uniform;

static void prepare_drawing(void) {
  GLuint array;
  gl.GenVertexArrays(1, &array);
  gl.BindVertexArray(array);
  GLuint program = build_program();
  gl.UseProgram(program);
  time_uniform = gl.GetUniformLocation(program, "TIME");
  speed_uniform = gl.GetUniformLocation(program, "speed");
  gl.Uniform1f(speed_uniform, 1.0f);
  if (has_extension("GL_MESA_pack_invert")) gl.PixelStorei(PACK_INVERT_MESA, 1);
}

static picture make_picture(GLsizei width, GLsizei height) {
  picture made = {.width = width, .height = height};
  size_t bytes = (size_t)width * (size_t)height * 4;
  GLuint texture;
  gl.GenTextures(1, &texture);
  gl.BindTexture(GL_TEXTURE_2D, texture);
  gl.TexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
  gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  gl.GenFramebuffers(1, &made.framebuffer);
  gl.BindFramebuffer(GL_FRAMEBUFFER, made.framebuffer);
  gl.FramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
  if (gl.CheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) fail("framebuffer");
  made.pixels = malloc(bytes);
  if (!made.pixels) fail("out of memory");
  memset(made.pixels, 1, bytes); /* its pages are there before anything is measured */
  return made;
}

static void show(const picture *shown) {
  gl.BindFramebuffer(GL_FRAMEBUFFER, shown->framebuffer);
  gl.Viewport(0, 0, shown->width, shown->height);
}

static void draw_and_read(const picture *drawn, float time) {
  gl.Uniform1f(time_uniform, time);
  gl.DrawArrays(GL_TRIANGLES, 0, 3);
  gl.ReadPixels(0, 0, drawn->width, drawn->height, GL_RGBA, GL_UNSIGNED_BYTE, drawn->pixels);
}

/* -- jobs ---------------------------------------------------------------------------------- */

static EGLContext ours;
static EGLContext other;
static picture small;
static picture large;

static void draw_small(long count) {
  show(&small);
  for (long i = 0; i < count; i++)
    draw_and_read(&small, (float)i / 60.0f);
}

static void draw_large(long count) {
  show(&large);
  for (long i = 0; i < count; i++)
    draw_and_read(&large, (float)i / 60.0f);
}

static void set_uniform(long count) {
  for (long i = 0; i < count; i++)
    gl.Uniform1f(speed_uniform, 2.0f);
}

/* Two contexts in turn, and nothing else. */
static void switch_bare(long count) {
  for (long i = 0; i < count; i++)
    switch_to(i & 1 ? ours : other);
  switch_to(ours);
}

/* Asks what the host has current, switches, and puts the host's back. */
static void visit(EGLContext context) {
  EGLContext host = eglGetCurrentContext();
  EGLDisplay host_display = display;
  EGLSurface draw = EGL_NO_SURFACE, read = EGL_NO_SURFACE;
  if (host) {
    host_display = eglGetCurrentDisplay();
    draw = eglGetCurrentSurface(EGL_DRAW);
    read = eglGetCurrentSurface(EGL_READ);
  }
  switch_to(context);
  if (!eglMakeCurrent(host_display, draw, read, host)) fail("eglMakeCurrent");
}

static void switch_from_nothing(long count) {
  switch_to(EGL_NO_CONTEXT);
  for (long i = 0; i < count; i++)
    visit(i & 1 ? ours : other);
  switch_to(ours);
}

static void switch_from_host(long count) {
  for (long i = 0; i < count; i++)
    visit(other);
}

static const struct {
  const char *name;
  void (*run)(long count);
} jobs[] = {
    {"draw-small", draw_small},
    {"draw-large", draw_large},
    {"set", set_uniform},
    {"switch-bare", switch_bare},
    {"switch-from-nothing", switch_from_nothing},
    {"switch-from-host", switch_from_host},
};
enum { JOB_COUNT = sizeof jobs / sizeof *jobs };

/* -- the two programs ---------------------------------------------------------------------- */

static void open_context(void) {
  ours = open_device();
  switch_to(ours);
  load_functions();
  prepare_drawing();
}

static int first_frame(void) {
  open_context();
  picture first = make_picture(FIRST_SIDE, FIRST_SIDE);
  show(&first);
  draw_and_read(&first, 0.5f);
  int blue = first.pixels[2];
  return blue == 127 || blue == 128 ? 0 : 1;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* One line out when ready; then for each line `job count` one with the nanoseconds it took. */
static int serve(void) {
  open_context();
  other = make_context();
  if (!other) fail("no second context");
  small = make_picture(64, 64);
  large = make_picture(1920, 1080);
  printf("{\"gl\": \"%s, %s\", \"jobs\": [", gl.GetString(GL_RENDERER), gl.GetString(GL_VERSION));
  for (int i = 0; i < JOB_COUNT; i++)
    printf("%s\"%s\"", i ? ", " : "", jobs[i].name);
  printf("]}\n");
  fflush(stdout);
  char name[32];
  long count;
  while (scanf("%31s %ld", name, &count) == 2) {
    int i = 0;
    while (i < JOB_COUNT && strcmp(name, jobs[i].name) != 0)
      i++;
    if (i == JOB_COUNT) fail(name);
    long long begin = now();
    jobs[i].run(count);
    printf("%lld\n", now() - begin);
    fflush(stdout);
  }
  return gl.GetError() ? 1 : 0;
}

int main(int count, char **arguments) {
  if (count == 2 && strcmp(arguments[1], "first-frame") == 0) return first_frame();
  if (count == 2 && strcmp(arguments[1], "serve") == 0) return serve();
  fprintf(stderr, "usage: reference first-frame | serve\n");
  return 2;
}
