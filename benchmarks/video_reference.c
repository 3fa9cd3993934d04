/* The measure of the benchmark of video: what a C program with libav* and GL alone takes.
 *
 *   video_reference LARGE SMALL PICTURES    runs blocks of a job on request, as reference.c does
 *
 * LARGE and SMALL are H.264, PICTURES are NV12 without compression. All are decoded by as many
 * threads as FFmpeg thinks fit. libswscale makes RGBA: "draw" as it does by itself,
 * each chroma sample for four pixels; "draw-filtered" with the flags that filter chroma, as zcgpu
 * always does.
 */
#include "reference_gl.h"
#include "video_film.h"

#include <libswscale/swscale.h>
#include <time.h>

/* -- jobs ---------------------------------------------------------------------------------- */

static film large, small, pictures;
static volatile uint8_t seen;

static void look(const AVFrame *frame) {
  for (int plane = 0; plane < 3; plane++)
    seen ^= frame->data[plane][0];
}

static void decode_large(long count) {
  for (long i = 0; i < count; i++)
    look(next_forever(&large));
}

static void decode_small(long count) {
  for (long i = 0; i < count; i++)
    look(next_forever(&small));
}

/* The same 200 places as benchmarks/workers/video_places.py. */
static void pick(long count) {
  for (long i = 0; i < count; i++) {
    int64_t time = small.times[i % 200 * 2654435761 % 4294967296 % small.count];
    AVFrame *frame;
    seek(&small, time);
    do
      frame = next(&small);
    while (frame && frame->best_effort_timestamp != time);
    if (!frame) fail("a frame is not there");
    look(frame);
  }
}

static GLuint plane_textures[2], picture_texture, effect, framebuffer;
static struct SwsContext *quick_scaler, *filtering_scaler;
static uint8_t *rgba, *pixels;

static GLuint make_texture(GLenum form, GLsizei width, GLsizei height) {
  GLuint made;
  gl.GenTextures(1, &made);
  gl.BindTexture(GL_TEXTURE_2D, made);
  GLenum order = form == GL_R8 ? GL_RED : form == GL_RG8 ? GL_RG : GL_RGBA;
  gl.TexImage2D(GL_TEXTURE_2D, 0, (GLint)form, width, height, 0, order, GL_UNSIGNED_BYTE, NULL);
  gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
  gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  gl.TexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  return made;
}

static void upload_plane(const AVFrame *frame, int plane) {
  int bytes = plane + 1, shift = plane;
  gl.BindTexture(GL_TEXTURE_2D, plane_textures[plane]);
  gl.PixelStorei(GL_UNPACK_ALIGNMENT, 1);
  gl.PixelStorei(GL_UNPACK_ROW_LENGTH, frame->linesize[plane] / bytes);
  gl.TexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, (frame->width + shift) >> shift,
                   (frame->height + shift) >> shift, plane ? GL_RG : GL_RED, GL_UNSIGNED_BYTE,
                   frame->data[plane]);
}

/* Decoding is a copy here, on both sides. */
static void upload(long count) {
  for (long i = 0; i < count; i++) {
    AVFrame *frame = next_forever(&pictures);
    upload_plane(frame, 0);
    upload_plane(frame, 1);
  }
  gl.Finish();
}

static void draw_by(struct SwsContext *scaler, long count) {
  gl.PixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  gl.BindTexture(GL_TEXTURE_2D, picture_texture);
  for (long i = 0; i < count; i++) {
    AVFrame *frame = next_forever(&large);
    int width = frame->width, height = frame->height, stride = 4 * width;
    sws_scale(scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, height,
              (uint8_t *const[]){rgba}, &stride);
    gl.TexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, rgba);
    gl.DrawArrays(GL_TRIANGLES, 0, 3);
    gl.ReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
  }
}

static void draw(long count) { draw_by(quick_scaler, count); }

static void draw_filtered(long count) { draw_by(filtering_scaler, count); }

static struct SwsContext *make_scaler(const AVCodecContext *of, int flags) {
  return sws_getContext(of->width, of->height, of->pix_fmt, of->width, of->height, AV_PIX_FMT_RGBA,
                        flags, NULL, NULL, NULL);
}

/* -- set-up -------------------------------------------------------------------------------- */

static const char *vertex_source =
    "#version 450\n"
    "out vec2 place;\n"
    "void main() {\n"
    "  place = vec2(float((gl_VertexID & 1) << 1), float(gl_VertexID & 2));\n"
    "  gl_Position = vec4(place * 2.0 - 1.0, 0.0, 1.0);\n"
    "}\n";

static const char *fragment_source =
    "#version 450\n"
    "in vec2 place;\n"
    "out vec4 color;\n"
    "uniform sampler2D image;\n"
    "void main() { color = vec4(1.0 - texture(image, vec2(place.x, 1.0 - place.y)).rgb, 1.0); }\n";

static void attach(GLenum stage, const char *source) {
  GLuint shader = gl.CreateShader(stage);
  gl.ShaderSource(shader, 1, &source, NULL);
  gl.CompileShader(shader);
  gl.AttachShader(effect, shader);
}

static void prepare(void) {
  int width = large.decoder->width, height = large.decoder->height;
  GLuint array;
  gl.GenVertexArrays(1, &array);
  gl.BindVertexArray(array);
  effect = gl.CreateProgram();
  attach(GL_VERTEX_SHADER, vertex_source);
  attach(GL_FRAGMENT_SHADER, fragment_source);
  gl.LinkProgram(effect);
  gl.UseProgram(effect);
  gl.GenFramebuffers(1, &framebuffer);
  gl.BindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  gl.FramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D,
                          make_texture(GL_RGBA8, width, height), 0);
  if (gl.CheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) fail("framebuffer");
  gl.Viewport(0, 0, width, height);
  if (has_extension("GL_MESA_pack_invert")) gl.PixelStorei(PACK_INVERT_MESA, 1);
  picture_texture = make_texture(GL_RGBA8, width, height);
  int wide = pictures.decoder->width, high = pictures.decoder->height;
  plane_textures[0] = make_texture(GL_R8, wide, high);
  plane_textures[1] = make_texture(GL_RG8, (wide + 1) / 2, (high + 1) / 2);
  quick_scaler = make_scaler(large.decoder, SWS_BILINEAR);
  filtering_scaler = make_scaler(large.decoder, SWS_BILINEAR | SWS_FULL_CHR_H_INT |
                                                    SWS_FULL_CHR_H_INP | SWS_ACCURATE_RND);
  rgba = malloc((size_t)width * (size_t)height * 4);
  pixels = malloc((size_t)width * (size_t)height * 4);
  if (!quick_scaler || !filtering_scaler || !rgba || !pixels) fail("out of memory");
  memset(pixels, 1, (size_t)width * (size_t)height * 4);
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int count, char **arguments) {
  static const struct {
    const char *name;
    void (*run)(long count);
  } jobs[] = {{"decode-large", decode_large},
              {"decode-small", decode_small},
              {"pick", pick},
              {"upload", upload},
              {"draw", draw},
              {"draw-filtered", draw_filtered}};
  enum { JOBS = sizeof jobs / sizeof *jobs };
  if (count != 4) return 2;
  open_film(&large, arguments[1]);
  open_film(&small, arguments[2]);
  open_film(&pictures, arguments[3]);
  list_times(&large);
  list_times(&small);
  list_times(&pictures);
  EGLContext context = open_device();
  switch_to(context);
  load_functions();
  prepare();
  printf("{\"gl\": \"%s, %s; FFmpeg %s\", \"jobs\": [", gl.GetString(GL_RENDERER),
         gl.GetString(GL_VERSION), av_version_info());
  for (int i = 0; i < JOBS; i++)
    printf("%s\"%s\"", i ? ", " : "", jobs[i].name);
  printf("]}\n");
  fflush(stdout);
  char name[32];
  long turns;
  while (scanf("%31s %ld", name, &turns) == 2) {
    int i = 0;
    while (i < JOBS - 1 && strcmp(name, jobs[i].name) != 0)
      i++;
    long long begin = now();
    jobs[i].run(turns);
    printf("%lld\n", now() - begin);
    fflush(stdout);
  }
  return gl.GetError() ? 1 : 0;
}
