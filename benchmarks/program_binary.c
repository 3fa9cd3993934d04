/* What GL's program binaries would save: milliseconds until a program is linked, and until its
 * first picture of 64 x 64 has been read. benchmarks/shader_cache.py is the caller.
 *
 *   program_binary VERTEX FRAGMENT BINARY source   compiles, and writes BINARY where there is one
 *   program_binary VERTEX FRAGMENT BINARY binary   loads BINARY
 *
 * Prints `formats linked drawn`. The status is 2 where the driver has no formats, or refuses.
 */
#define EACH_FUNCTION(X)                                                                           \
  X(AttachShader)                                                                                  \
  X(BindFramebuffer) X(BindTexture) X(BindVertexArray) X(CompileShader) X(CreateProgram)           \
      X(CreateShader) X(DrawArrays) X(FramebufferTexture2D) X(GenFramebuffers) X(GenTextures)      \
          X(GenVertexArrays) X(GetIntegerv) X(GetProgramBinary) X(GetProgramiv)                    \
              X(GetUniformLocation) X(LinkProgram) X(ProgramBinary) X(ProgramParameteri)           \
                  X(ReadPixels) X(ShaderSource) X(TexStorage2D) X(Uniform2f) X(UseProgram)         \
                      X(Viewport)

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLES3/gl31.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SIDE = 64, LIMIT = 1 << 22 };

#define MEMBER(name) __typeof__(&gl##name) name;
static struct { EACH_FUNCTION(MEMBER) } gl;

static void fail(const char *what) {
  fprintf(stderr, "program_binary: %s\n", what);
  exit(1);
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* The file with a zero behind it; `*size` is its length. */
static char *bytes_of(const char *path, size_t *size) {
  static char buffer[2][LIMIT];
  static int next;
  char *into = buffer[next++ % 2];
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  *size = fread(into, 1, LIMIT - 1, file);
  into[*size] = 0;
  fclose(file);
  return into;
}

/* Desktop GL where there is one, as on Mesa; else OpenGL ES, as on ANGLE. */
static void open_context(void) {
  PFNEGLGETPLATFORMDISPLAYEXTPROC open =
      (PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
  EGLDisplay display = open ? open(EGL_PLATFORM_SURFACELESS_MESA, NULL, NULL) : NULL;
  if (!eglInitialize(display, NULL, NULL)) fail("no display");
  EGLint desktop = eglBindAPI(EGL_OPENGL_API);
  if (!desktop) eglBindAPI(EGL_OPENGL_ES_API);
  EGLint attributes[] = {EGL_CONTEXT_MAJOR_VERSION, desktop ? 4 : 3, EGL_CONTEXT_MINOR_VERSION,
                         desktop ? 5 : 1, EGL_NONE};
  EGLContext context = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, attributes);
  if (!eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context)) fail("no context");
#define LOAD(name)                                                                                 \
  if (!(gl.name = (__typeof__(gl.name))eglGetProcAddress("gl" #name))) fail("no gl" #name);
  EACH_FUNCTION(LOAD)
}

static void bind_target(void) {
  GLuint vertices, texture, framebuffer;
  gl.GenVertexArrays(1, &vertices);
  gl.BindVertexArray(vertices);
  gl.GenTextures(1, &texture);
  gl.BindTexture(GL_TEXTURE_2D, texture);
  gl.TexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, SIDE, SIDE);
  gl.GenFramebuffers(1, &framebuffer);
  gl.BindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  gl.FramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
  gl.Viewport(0, 0, SIDE, SIDE);
}

static void attach(GLuint program, GLenum stage, const char *path) {
  size_t size;
  const char *source = bytes_of(path, &size);
  GLuint shader = gl.CreateShader(stage);
  gl.ShaderSource(shader, 1, &source, NULL);
  gl.CompileShader(shader);
  gl.AttachShader(program, shader);
}

static void save(GLuint program, const char *path) {
  static char binary[LIMIT];
  GLenum format = 0;
  GLsizei length = 0;
  gl.GetProgramBinary(program, LIMIT, &length, &format, binary);
  FILE *file = fopen(path, "wb");
  if (!file) fail(path);
  fwrite(&format, sizeof format, 1, file);
  fwrite(binary, 1, (size_t)length, file);
  fclose(file);
}

int main(int count, char **words) {
  if (count != 5) fail("VERTEX FRAGMENT BINARY source|binary");
  int is_source = strcmp(words[4], "source") == 0;
  open_context();
  bind_target();
  GLint formats = 0, linked = 0;
  gl.GetIntegerv(GL_NUM_PROGRAM_BINARY_FORMATS, &formats);
  double begin = milliseconds();
  GLuint program = gl.CreateProgram();
  if (is_source) {
    gl.ProgramParameteri(program, GL_PROGRAM_BINARY_RETRIEVABLE_HINT, GL_TRUE);
    attach(program, GL_VERTEX_SHADER, words[1]);
    attach(program, GL_FRAGMENT_SHADER, words[2]);
    gl.LinkProgram(program);
  } else if (formats > 0) {
    size_t size;
    char *file = bytes_of(words[3], &size);
    GLenum format;
    memcpy(&format, file, sizeof format);
    gl.ProgramBinary(program, format, file + sizeof format, (GLsizei)(size - sizeof format));
  }
  gl.GetProgramiv(program, GL_LINK_STATUS, &linked);
  double middle = milliseconds();
  if (!linked) {
    printf("%d 0 0\n", formats);
    return 2;
  }
  gl.UseProgram(program);
  gl.Uniform2f(gl.GetUniformLocation(program, "RENDERSIZE"), SIDE, SIDE);
  static unsigned char pixels[SIDE * SIDE * 4];
  gl.DrawArrays(GL_TRIANGLES, 0, 3);
  gl.ReadPixels(0, 0, SIDE, SIDE, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
  printf("%d %.2f %.2f\n", formats, middle - begin, milliseconds() - begin);
  if (is_source && formats > 0) save(program, words[3]);
  return 0;
}
